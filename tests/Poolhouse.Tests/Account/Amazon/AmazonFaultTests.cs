using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Poolhouse.Core.Stores;
using Poolhouse.Server.Account.Authentication;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Account.Amazon;

/// <summary>The pool at Amazon fails in every way there is: people are told to come back, and nothing is half made.</summary>
public sealed class AmazonFaultTests
{
    [Theory]
    [InlineData(Mishap.InternalError)]
    [InlineData(Mishap.Garbage)]
    [InlineData(Mishap.OtherJson)]
    [InlineData(Mishap.Throttled)]
    [InlineData(Mishap.AccessDenied)]
    public async Task Whatever_goes_wrong_people_are_told_to_come_back_and_can(Mishap mishap)
    {
        await using var world = await AmazonWorld.StartAsync(("RevocationSeconds", "0"));
        var account = await world.AccountAsync();
        var stranger = TestAccount.NewEmail();
        foreach (var (operation, call) in Calls(world, account, stranger))
        {
            // JSON that says nothing is what these answer.
            if (mishap == Mishap.OtherJson && operation is "AdminUpdateUserAttributes" or "GlobalSignOut") continue;
            // Enough that goes well between, or the breaker would answer for the pool.
            world.Between.Mishap = _ => Mishap.None;
            for (var i = 0; i < 8; i++) (await account.GetAsync("features")).Good();
            world.Between.Mishap = o => o == operation ? mishap : Mishap.None;
            var answer = await call();
            answer.ShouldBeProblem(503, "UPSTREAM_UNAVAILABLE");
            answer.RetryAfter.ShouldNotBeNull();
        }

        world.Between.Mishap = _ => Mishap.None;
        (await account.GetAsync("me")).Good();
        (await world.LoginAsync(account.Email)).Good();
        (await world.UserAsync(stranger)).ShouldBeNull();
        (await world.RegisterAsync(stranger)).Good();
    }

    [Fact]
    public async Task A_pool_that_is_gone_lets_nobody_in_who_was_signed_out_of_memory()
    {
        await using var world = await AmazonWorld.StartAsync(("RevocationSeconds", "5"));
        var account = await world.AccountAsync();
        (await account.GetAsync("me")).Good();

        await world.Between.DisposeAsync();
        await world.Front.AdvanceAsync("PT6S");

        (await account.GetAsync("features")).ShouldBeProblem(503, "UPSTREAM_UNAVAILABLE");
        (await world.LoginAsync(account.Email)).ShouldBeProblem(503, "UPSTREAM_UNAVAILABLE");
        (await world.PostAsync("auth/register", AccountWorld.Registration(TestAccount.NewEmail()))).ShouldBeProblem(503, "UPSTREAM_UNAVAILABLE");
    }

    [Theory]
    [InlineData("SignUp", 1)]
    [InlineData("InitiateAuth", 1)]
    [InlineData("GetUser", 4)]
    public async Task Only_what_may_be_done_twice_is_done_again_where_nobody_knows_what_came_of_it(string operation, int times)
    {
        await using var world = await AmazonWorld.StartAsync(("RevocationSeconds", "0"));
        var account = await world.AccountAsync();
        var before = world.Between.Count(operation);
        world.Between.Mishap = o => o == operation ? Mishap.InternalError : Mishap.None;

        var answer = operation switch
        {
            "SignUp" => await world.RegisterAsync(TestAccount.NewEmail()),
            "InitiateAuth" => await world.LoginAsync(account.Email),
            _ => await account.GetAsync("features"),
        };

        answer.ShouldBeProblem(503, "UPSTREAM_UNAVAILABLE");
        (world.Between.Count(operation) - before).ShouldBe(times);
    }

    [Theory]
    [InlineData("SignUp")]
    [InlineData("InitiateAuth")]
    public async Task What_was_refused_for_want_of_room_is_done_again_whatever_it_is(string operation)
    {
        await using var world = await AmazonWorld.StartAsync();
        var account = await world.AccountAsync();
        var refusals = 2;
        world.Between.Mishap = o => o == operation && Interlocked.Decrement(ref refusals) >= 0 ? Mishap.Throttled : Mishap.None;

        var answer = operation == "SignUp" ? await world.RegisterAsync(TestAccount.NewEmail()) : await world.LoginAsync(account.Email);

        answer.Good();
    }

    [Fact]
    public async Task A_sign_up_whose_answer_was_lost_is_found_again_by_who_made_it()
    {
        await using var world = await AmazonWorld.StartAsync();
        var email = TestAccount.NewEmail();
        world.Between.Mishap = o => o == "SignUp" ? Mishap.LostAnswer : Mishap.None;
        (await world.RegisterAsync(email)).ShouldBeProblem(503, "UPSTREAM_UNAVAILABLE");
        world.Between.Mishap = _ => Mishap.None;

        // Answered alike, and the pool mails another code.
        (await world.RegisterAsync(email)).Json["message"]!.GetValue<string>().ShouldBe("OTP sent");
        var code = await world.Remote.CodeAsync(email, atLeast: 2);
        (await world.PostAsync("auth/verify-otp", new JsonObject { ["email"] = email, ["code"] = code, ["purpose"] = "email_verification" })).Good();

        (await world.LoginAsync(email)).Good();
        (await AccountsAsync(world, email)).ShouldBe(1);
    }

    [Fact]
    public async Task What_fails_here_is_undone_there_and_what_cannot_be_undone_heals()
    {
        var failing = new FailingPart();
        await using var world = await AmazonWorld.StartAsync(AmazonScene.ClientId, services => services.AddSingleton<IRegistrationPart>(failing));
        var (undone, left) = (TestAccount.NewEmail(), TestAccount.NewEmail());
        failing.IsFailing = true;

        (await world.RegisterAsync(undone)).ShouldBeProblem(500, "INTERNAL_ERROR");
        (await world.UserAsync(undone)).ShouldBeNull();
        // The same end as that of a process that dies between the two.
        world.Between.Mishap = o => o == "AdminDeleteUser" ? Mishap.InternalError : Mishap.None;
        (await world.RegisterAsync(left)).ShouldBeProblem(500, "INTERNAL_ERROR");
        (await world.UserAsync(left)).ShouldNotBeNull();
        failing.IsFailing = false;
        world.Between.Mishap = _ => Mishap.None;

        (await world.RegisterAsync(undone)).Good();
        (await world.VerifyAsync(left)).Good();
        (await world.LoginAsync(left)).Good();
        (await AccountsAsync(world, left)).ShouldBe(1);
    }

    private static IEnumerable<(string Operation, Func<Task<ApiAnswer>> Call)> Calls(AmazonWorld world, TestAccount account, string stranger)
    {
        yield return ("SignUp", () => world.RegisterAsync(stranger));
        yield return ("InitiateAuth", () => world.LoginAsync(account.Email));
        yield return ("GetUser", () => account.GetAsync("features"));
        yield return ("AdminGetUser", () => account.GetAsync("me"));
        yield return ("AdminUpdateUserAttributes", () => account.SendAsync(HttpMethod.Patch, "me", new JsonObject { ["first_name"] = "Ada" }));
        yield return ("GlobalSignOut", () => account.PostAsync("auth/logout", new JsonObject { ["everywhere"] = true }));
    }

    private static async Task<int> AccountsAsync(AmazonWorld world, string email) => await world.Front.Services.GetRequiredService<IDatabase>()
        .ReadAsync(async stores => await stores.Accounts.FindByEmailAsync("ltd", email, default) is null ? 0 : 1, default);

    private sealed class FailingPart : IRegistrationPart
    {
        public bool IsFailing { get; set; }

        public ValueTask CheckAsync(Newcomer newcomer, Poolhouse.Server.Account.FieldErrors errors, CancellationToken ct) => ValueTask.CompletedTask;

        public ValueTask JoinAsync(IUnitOfWork unit, Newcomer newcomer, Poolhouse.Core.Accounts.Account account, CancellationToken ct) =>
            IsFailing ? throw new InvalidOperationException("The power went.") : ValueTask.CompletedTask;
    }
}
