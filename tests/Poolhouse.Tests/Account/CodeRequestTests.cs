using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Poolhouse.Core.Accounts;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Sessions;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Tokens;
using Poolhouse.Core.Users;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Account;
using Poolhouse.Server.Account.Authentication;
using Poolhouse.Storage;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Account;

/// <summary>Codes that are asked for: counted alike for every address, and looked after behind the answer.</summary>
public sealed class CodeRequestTests
{
    [Theory]
    [MemberData(nameof(EveryPool.Kinds), MemberType = typeof(EveryPool))]
    public async Task Asking_and_trying_are_counted_the_same_for_every_address(Engine engine)
    {
        var world = await World.OnAsync(engine);
        var (confirmed, unconfirmed, unknown) = ((await world.AccountAsync()).Email, TestAccount.NewEmail(), TestAccount.NewEmail());
        (await world.ApiAsync(HttpMethod.Post, "auth/register", AccountWorld.Registration(unconfirmed))).Good();

        foreach (var email in new[] { confirmed, unconfirmed, unknown })
        {
            foreach (var purpose in new[] { "email_verification", "password_reset" })
            {
                var body = new JsonObject { ["email"] = email, ["purpose"] = purpose };
                for (var i = 0; i < 5; i++) (await world.ApiAsync(HttpMethod.Post, "auth/request-otp", body)).Text.ShouldBe("""{"message":"OTP sent"}""");
                var refused = await world.ApiAsync(HttpMethod.Post, "auth/request-otp", body);
                refused.ShouldBeProblem(429, "TOO_MANY_REQUESTS");
                refused.RetryAfter.ShouldBe("3600");
            }

            // The one that confirmed it counts too.
            var tries = email == confirmed ? 14 : 15;
            var wrong = new JsonObject { ["email"] = email, ["purpose"] = "email_verification", ["code"] = "000000" };
            for (var i = 0; i < tries; i++) (await world.ApiAsync(HttpMethod.Post, "auth/verify-otp", wrong)).ShouldBeProblem(400, "CODE_MISMATCH");
            (await world.ApiAsync(HttpMethod.Post, "auth/verify-otp", wrong)).ShouldBeProblem(429, "TOO_MANY_REQUESTS");
        }
    }

    [Fact]
    public async Task A_code_that_the_pool_could_not_send_is_sent_later()
    {
        var failing = new Failure();
        await using var world = await World.StartAsync(Engine.Sqlite, services =>
        {
            services.AddSingleton<LocalUserPools>();
            services.AddSingleton<IUserPools>(p => new FailingPools(p.GetRequiredService<LocalUserPools>(), failing));
        });
        var email = TestAccount.NewEmail();
        (await world.ApiAsync(HttpMethod.Post, "auth/register", AccountWorld.Registration(email))).Good();
        await world.CodeAsync(email);

        failing.IsOn = true;
        (await world.ApiAsync(HttpMethod.Post, "auth/request-otp", new JsonObject { ["email"] = email, ["purpose"] = "email_verification" })).Good();
        await failing.Happened.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        failing.IsOn = false;
        var code = world.CodeAsync(email, atLeast: 2);
        // Until the failure is written down, the next try is not yet due.
        while (!code.IsCompleted)
        {
            await world.AdvanceAsync("PT10S");
            world.Services.GetRequiredService<CodeRequestSignal>().Notify();
            await Task.WhenAny(code, Task.Delay(100, TestContext.Current.CancellationToken));
        }

        (await code).Length.ShouldBe(6);
    }

    [Fact]
    public async Task A_result_that_cannot_be_written_down_holds_up_no_other_and_is_not_done_again()
    {
        var failing = new Failure { Gate = new() };
        var writes = new FailingWrites();
        await using var world = await World.StartAsync(Engine.Sqlite, services =>
        {
            services.AddSingleton<LocalUserPools>();
            services.AddSingleton<IUserPools>(p => new FailingPools(p.GetRequiredService<LocalUserPools>(), failing));
            services.AddSingleton<IDatabase>(p => writes.Around(p.GetRequiredService<Database>()));
        });
        List<string> emails = [.. Enumerable.Range(0, 3).Select(_ => TestAccount.NewEmail())];
        foreach (var email in emails)
        {
            (await world.ApiAsync(HttpMethod.Post, "auth/register", AccountWorld.Registration(email))).Good();
            await world.CodeAsync(email);
        }

        // While the worker is at the first, the others come to wait, and are one batch.
        failing.IsHeld = true;
        (await AskAsync(world, emails[0])).Good();
        await failing.Happened.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        foreach (var email in emails[1..]) (await AskAsync(world, email)).Good();
        failing.IsHeld = false;
        writes.Fail(from: 1, count: 2);
        failing.Gate.SetResult();

        foreach (var email in emails) (await world.CodeAsync(email, atLeast: 2)).Length.ShouldBe(6);
        while (writes.Results < 5)
        {
            world.Services.GetRequiredService<CodeRequestSignal>().Notify();
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        await world.AdvanceAsync("PT3M");
        (await AskAsync(world, emails[0])).Good();
        await world.CodeAsync(emails[0], atLeast: 3);
        foreach (var email in emails[1..]) (await world.MailAsync(email)).Count.ShouldBe(2);
    }

    private static Task<ApiAnswer> AskAsync(World world, string email) =>
        world.ApiAsync(HttpMethod.Post, "auth/request-otp", new JsonObject { ["email"] = email, ["purpose"] = "email_verification" });

    [Fact]
    public async Task A_refused_invitation_is_in_the_audit_log_without_its_token()
    {
        await using var world = await World.StartAsync();
        var token = new string('A', 43);

        (await world.ApiAsync(HttpMethod.Post, "confirm-account", new JsonObject { ["token"] = token })).ShouldBeProblem(400, "INVITE_INVALID");
        var stored = await world.Http.GetStringAsync("/dev/snapshot", TestContext.Current.CancellationToken);

        stored.ShouldContain("invite.refused");
        stored.ShouldNotContain(token);
    }

    private sealed class Failure
    {
        public bool IsOn { get; set; }

        /// <summary>Whether calls wait for <see cref="Gate"/>.</summary>
        public bool IsHeld { get; set; }

        public TaskCompletionSource Gate { get; init; } = new();

        public TaskCompletionSource Happened { get; } = new();
    }

    /// <summary>A database that fails over while the worker writes down what came of a request.</summary>
    private sealed class FailingWrites : IDatabase
    {
        private IDatabase? _inner;
        private int _from = int.MaxValue;
        private int _count;
        private int _seen;

        /// <summary>How many results were tried to be written since it was told to fail.</summary>
        public int Results => _seen;

        public FailingWrites Around(IDatabase inner)
        {
            _inner = inner;
            return this;
        }

        /// <summary>Lets some fail, once <paramref name="from"/> of them were written.</summary>
        public void Fail(int from, int count) => (_seen, _from, _count) = (0, from, count);

        public ValueTask<T> ReadAsync<T>(Func<IStores, ValueTask<T>> work, CancellationToken ct) => _inner!.ReadAsync(work, ct);

        public ValueTask<T> WriteAsync<T>(Func<IUnitOfWork, ValueTask<T>> work, CancellationToken ct)
        {
            // The worker's claims answer with a list, its results don't.
            if (typeof(T) != typeof(bool) || work.Method.DeclaringType!.DeclaringType != typeof(CodeRequestWorker)) return _inner!.WriteAsync(work, ct);
            var number = _seen++;
            return number >= _from && number < _from + _count ? throw new IOException("The server closed the connection.") : _inner!.WriteAsync(work, ct);
        }
    }

    private sealed class FailingPools(LocalUserPools pools, Failure failure) : IUserPools
    {
        public IUserPoolGateway Of(Application application) => new FailingPool(pools.Of(application), failure);
    }

    private sealed class FailingPool(IUserPoolGateway pool, Failure failure) : IUserPoolGateway
    {
        public string ClientId => pool.ClientId;

        public async ValueTask<TResponse> CallAsync<TRequest, TResponse>(
            string operation, TRequest request, JsonTypeInfo<TRequest> input, JsonTypeInfo<TResponse> output, Origin origin, CancellationToken ct)
            where TRequest : class
        {
            if (failure.IsHeld)
            {
                failure.Happened.TrySetResult();
                await failure.Gate.Task;
            }

            if (!failure.IsOn) return await pool.CallAsync(operation, request, input, output, origin, ct);
            failure.Happened.TrySetResult();
            throw new IOException("The line is cut.");
        }

        public ValueTask<SignUpResponse> SignUpAsync(
            SignUpRequest request, AddressProof proof, Func<IUnitOfWork, SeenUser, ValueTask> along, Origin origin, CancellationToken ct) =>
            pool.SignUpAsync(request, proof, along, origin, ct);

        public ValueTask ConfirmAsync(string username, Func<IUnitOfWork, SeenUser, ValueTask> along, Origin origin, CancellationToken ct) =>
            pool.ConfirmAsync(username, along, origin, ct);

        public ValueTask<(PoolUser? User, AccessTokenProblem Problem)> FindUserAsync(string accessToken, CancellationToken ct) => pool.FindUserAsync(accessToken, ct);

        public ValueTask<(PoolSignIn? SignIn, SignInTokensProblem Problem)> FindSignInAsync(
            string accessToken, string idToken, string refreshToken, bool mayHaveEnded, CancellationToken ct) =>
            pool.FindSignInAsync(accessToken, idToken, refreshToken, mayHaveEnded, ct);

        public ValueTask SignOutAsync(string accessToken, string? refreshToken, CancellationToken ct) => pool.SignOutAsync(accessToken, refreshToken, ct);

        public ValueTask<PasswordRules> FindPasswordRulesAsync(CancellationToken ct) => pool.FindPasswordRulesAsync(ct);

        public ValueTask<string?> PretendSessionAsync(CancellationToken ct) => pool.PretendSessionAsync(ct);
    }
}
