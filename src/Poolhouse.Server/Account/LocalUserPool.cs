using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Sessions;
using Poolhouse.Core.SignIn;
using Poolhouse.Core.Tokens;
using Poolhouse.Core.Users;
using Poolhouse.Protocol;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;
using Poolhouse.Server.Wire.Quotas;

namespace Poolhouse.Server.Account;

/// <summary>The pool of the first start, called without a network: the same checks, quotas and handlers that calls from outside meet.</summary>
internal sealed class LocalUserPool(
    IEnumerable<OperationTable> tables,
    IServiceProvider services,
    Bootstrap bootstrap,
    AccessTokens accessTokens,
    RequestQuotas quotas,
    SignOuts signOuts,
    SignUpSessions sessions,
    TimeProvider clock,
    IRandom random)
    : IUserPoolGateway
{
    public string ClientId => Bootstrap.AccountClientId.Value;

    public async ValueTask<TResponse> CallAsync<TRequest, TResponse>(
        string operation, TRequest request, JsonTypeInfo<TRequest> input, JsonTypeInfo<TResponse> output, Origin origin, CancellationToken ct)
        where TRequest : class
    {
        var (table, model, row) = Find($"{CognitoIdpModel.TargetPrefix}.{operation}");
        using var json = JsonDocument.Parse(JsonSerializer.SerializeToUtf8Bytes(request, input));
        table.DemandFit(model, json.RootElement);
        var now = clock.GetUtcNow();
        var requestId = random.UuidText();
        var call = new CallContext
        {
            Now = now,
            RequestId = requestId,
            Origin = origin with { RequestId = requestId },
            MaybeCaller = request is IAccessTokenRequest { AccessToken: { } token } ? await AuthenticateAsync(token, now, ct) : null,
        };
        quotas.Demand(model, call.MaybeCaller?.User.Sub);
        var answer = new ArrayBufferWriter<byte>();
        await using (var writer = new Utf8JsonWriter(answer)) await row.RunAsync(services, row.Read(json.RootElement), call, writer, ct);
        return JsonSerializer.Deserialize(answer.WrittenSpan, output)!;
    }

    public async ValueTask SignOutAsync(string accessToken, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var caller = await AuthenticateAsync(accessToken, now, ct);
        await signOuts.HereAsync(caller.Family, now, ct);
    }

    public string PretendSession() => sessions.Pretend(bootstrap.PoolId, Bootstrap.AccountClientId, clock.GetUtcNow());

    private (OperationTable Table, OperationModel Model, OperationRow Row) Find(string target)
    {
        foreach (var table in tables)
            if (table.TryFind(target, out var model, out var row)) return (table, model, row);
        throw new InvalidOperationException($"The account API calls {target}, which isn't there.");
    }

    private async ValueTask<Caller> AuthenticateAsync(string token, DateTimeOffset now, CancellationToken ct)
    {
        var (caller, problem) = await accessTokens.FindCallerAsync(token, now, ct);
        // Tokens of other pools are nothing here, whatever they are there.
        return caller is not null && caller.Pool.Id == bootstrap.PoolId ? caller : throw AccessTokenErrors.Of(problem);
    }
}
