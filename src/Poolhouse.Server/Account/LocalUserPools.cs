using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Poolhouse.Core.Accounts;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Sessions;
using Poolhouse.Core.SignIn;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Tokens;
using Poolhouse.Core.Users;
using Poolhouse.Protocol;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;
using Poolhouse.Server.Wire.Quotas;

namespace Poolhouse.Server.Account;

/// <summary>Pools of this server, called without a network: the same checks, quotas and handlers that calls from outside meet.</summary>
internal sealed class LocalUserPools(
    IEnumerable<OperationTable> tables,
    IServiceProvider services,
    Catalog catalog,
    AccessTokens accessTokens,
    SignInTokens signInTokens,
    RequestQuotas quotas,
    SignOuts signOuts,
    SignUpSessions sessions,
    TimeProvider clock,
    IRandom random)
    : IUserPools
{
    private readonly ConcurrentDictionary<string, LocalUserPool> _pools = new(StringComparer.Ordinal);

    public IUserPoolGateway Of(Application application) => _pools.GetOrAdd(application.Name, static (_, x) => new LocalUserPool(x.application, x.self), (application, self: this));

    private sealed class LocalUserPool(Application application, LocalUserPools server) : IUserPoolGateway
    {
        public string ClientId => application.ClientId.Value;

        public ValueTask<TResponse> CallAsync<TRequest, TResponse>(
            string operation, TRequest request, JsonTypeInfo<TRequest> input, JsonTypeInfo<TResponse> output, Origin origin, CancellationToken ct)
            where TRequest : class => server.CallAsync(application, operation, request, input, output, companion: null, origin, ct);

        public ValueTask<SignUpResponse> SignUpAsync(
            SignUpRequest request, AddressProof proof, Func<IUnitOfWork, SeenUser, ValueTask> along, Origin origin, CancellationToken ct) =>
            server.CallAsync(
                application,
                "SignUp",
                request,
                CognitoIdpJson.Instance.SignUpRequest,
                CognitoIdpJson.Instance.SignUpResponse,
                new Companion((unit, user) => along(unit, Seen(user)), proof),
                origin,
                ct);

        public async ValueTask ConfirmAsync(string username, Func<IUnitOfWork, SeenUser, ValueTask> along, Origin origin, CancellationToken ct) => await server.CallAsync(
            application,
            "AdminConfirmSignUp",
            new AdminConfirmSignUpRequest { UserPoolId = application.PoolId.Value, Username = username },
            CognitoIdpJson.Instance.AdminConfirmSignUpRequest,
            CognitoIdpJson.Instance.AdminConfirmSignUpResponse,
            new Companion((unit, user) => along(unit, Seen(user)), AddressProof.Given),
            origin,
            ct);

        public async ValueTask<(PoolUser? User, AccessTokenProblem Problem)> FindUserAsync(string accessToken, CancellationToken ct)
        {
            var (caller, problem) = await server.FindCallerAsync(application, accessToken, ct);
            return caller is null
                ? (null, problem)
                : (new PoolUser(Seen(caller.User), caller.Groups, caller.Family.Id, caller.Family.AuthenticatedAt, caller.ExpiresAt), default);
        }

        public async ValueTask<(PoolSignIn? SignIn, SignInTokensProblem Problem)> FindSignInAsync(
            string accessToken, string idToken, string refreshToken, bool mayHaveEnded, CancellationToken ct)
        {
            var (found, problem) = await server.FindSignInAsync(application, accessToken, idToken, refreshToken, mayHaveEnded, ct);
            return found is null ? (null, problem) : (new PoolSignIn(Seen(found.User), found.Family.Id, found.Family.ExpiresAt), default);
        }

        public async ValueTask SignOutAsync(string accessToken, string? refreshToken, CancellationToken ct)
        {
            var (caller, problem) = await server.FindCallerAsync(application, accessToken, ct);
            if (caller is null) throw AccessTokenErrors.Of(problem);
            await server.SignOutAsync(caller, ct);
        }

        public ValueTask<PasswordRules> FindPasswordRulesAsync(CancellationToken ct) => server.FindPasswordRulesAsync(application, ct);

        public ValueTask<string?> PretendSessionAsync(CancellationToken ct) => ValueTask.FromResult<string?>(server.PretendSession(application));

        private static SeenUser Seen(User user) => new(user.PoolId, user.Sub, user.Username, user.Attributes);
    }

    private async ValueTask<TResponse> CallAsync<TRequest, TResponse>(
        Application application,
        string operation,
        TRequest request,
        JsonTypeInfo<TRequest> input,
        JsonTypeInfo<TResponse> output,
        Companion? companion,
        Origin origin,
        CancellationToken ct)
        where TRequest : class
    {
        var (table, model, row) = Find($"{CognitoIdpModel.TargetPrefix}.{operation}");
        using var json = JsonDocument.Parse(JsonSerializer.SerializeToUtf8Bytes(request, input));
        table.DemandFit(model, json.RootElement);
        var requestId = random.UuidText();
        Caller? caller = null;
        if (request is IAccessTokenRequest { AccessToken: { } token })
        {
            (caller, var problem) = await FindCallerAsync(application, token, ct);
            if (caller is null) throw AccessTokenErrors.Of(problem);
        }

        var call = new CallContext
        {
            Now = clock.GetUtcNow(),
            RequestId = requestId,
            Origin = origin with { RequestId = requestId },
            Companion = companion,
            MaybeCaller = caller,
        };
        quotas.Demand(model, caller?.User.Sub);
        var answer = new ArrayBufferWriter<byte>();
        await using (var writer = new Utf8JsonWriter(answer)) await row.RunAsync(services, row.Read(json.RootElement), call, writer, ct);
        // Operations without an answer write nothing.
        return JsonSerializer.Deserialize(answer.WrittenCount == 0 ? "{}"u8 : answer.WrittenSpan, output)!;
    }

    private ValueTask SignOutAsync(Caller caller, CancellationToken ct) => signOuts.HereAsync(caller.Family, clock.GetUtcNow(), ct);

    private async ValueTask<PasswordRules> FindPasswordRulesAsync(Application application, CancellationToken ct) =>
        (await catalog.FindPoolAsync(application.PoolId, ct))?.Settings.Passwords ?? throw Problems.Unavailable();

    private string PretendSession(Application application) => sessions.Pretend(application.PoolId, application.ClientId, clock.GetUtcNow());

    // Tokens of other pools are nothing here, whatever they are there.
    private async ValueTask<(Caller? Caller, AccessTokenProblem Problem)> FindCallerAsync(Application application, string token, CancellationToken ct)
    {
        var (caller, problem) = await accessTokens.FindCallerAsync(token, clock.GetUtcNow(), ct);
        return caller is null || caller.Pool.Id == application.PoolId ? (caller, problem) : (null, AccessTokenProblem.Invalid);
    }

    private async ValueTask<(ProvenSignIn? SignIn, SignInTokensProblem Problem)> FindSignInAsync(
        Application application, string accessToken, string idToken, string refreshToken, bool mayHaveEnded, CancellationToken ct)
    {
        var (found, problem) = await signInTokens.FindAsync(accessToken, idToken, refreshToken, mayHaveEnded, clock.GetUtcNow(), ct);
        return found is null || found.Family.PoolId == application.PoolId ? (found, problem) : (null, SignInTokensProblem.Invalid);
    }

    private (OperationTable Table, OperationModel Model, OperationRow Row) Find(string target)
    {
        foreach (var table in tables)
            if (table.TryFind(target, out var model, out var row)) return (table, model, row);
        throw new InvalidOperationException($"The account API calls {target}, which isn't there.");
    }
}
