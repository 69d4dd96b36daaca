using System.Text.Json.Nodes;
using Poolhouse.Tests.Cognito.SignIn;
using Poolhouse.Tests.Testing;
using Poolhouse.Tests.Testing.Cluster;

namespace Poolhouse.Tests.Cluster;

/// <summary>What serves once serves once, whichever nodes race for it: sign-in and the codes of user pools.</summary>
[Collection(ClusterCollection.Name)]
public sealed class UsedOnceTests(SharedCluster shared) : IAsyncDisposable
{
    private readonly TestCluster cluster = shared.Cluster;
    private readonly ClusterClient client = shared.Cluster.NewClient();

    public async ValueTask DisposeAsync()
    {
        cluster.TellIfFailed();
        await client.DisposeAsync();
    }

    [Fact]
    public async Task A_confirmation_code()
    {
        var pool = await client.Front.PoolAsync();
        var bob = await pool.SignedUpAsync("bob");
        var code = await client.Front.CodeAsync(bob.Email);

        var answers = await Race.RunAsync(client, (node, _) => pool.On(node).PublicAsync("ConfirmSignUp", "bob", new JsonObject { ["ConfirmationCode"] = code }));

        Race.OneWinner(answers).ShouldAllBe(a => a.Message == "User cannot be confirmed. Current status is CONFIRMED"
            || a.Message == "Invalid code provided, please request a code again." || a.Type == "LimitExceededException");
    }

    [Fact]
    public async Task A_code_that_resets_the_password()
    {
        var pool = await client.Front.PoolAsync();
        var bob = await pool.ReachableAsync("bob");
        await pool.PublicAsync("ForgotPassword", "bob").ShouldSucceedAsync();
        var code = await client.Front.CodeAsync(bob.Email);

        var answers = await Race.RunAsync(client, (node, i) => pool.On(node).PublicAsync(
            "ConfirmForgotPassword", "bob", new JsonObject { ["ConfirmationCode"] = code, ["Password"] = $"Another-horse-{i}" }));

        Race.OneWinner(answers).ShouldAllBe(a => a.Type == "ExpiredCodeException" || a.Type == "LimitExceededException");
        var winner = Array.FindIndex(answers, a => a.Status == 200);
        (await bob.On(client.At(winner + 1)).TrySignInAsync($"Another-horse-{winner}")).ShouldBeSignedIn();
    }

    [Fact]
    public async Task A_rotating_refresh_token_whose_reuse_is_seen_on_every_node()
    {
        var pool = await RotationTests.RotatingAsync(client.Front, graceSeconds: 0);
        var bob = await pool.ConfirmedAsync("bob");
        var refresh = (await bob.SignInAsync()).Refresh!;

        var answers = await Race.RunAsync(client, (node, _) => pool.On(node).GetTokensAsync(refresh));

        Race.OneWinner(answers).ShouldAllBe(a => a.Type == "RefreshTokenReuseException");
        foreach (var node in client.Each()) (await pool.On(node).GetTokensAsync(refresh)).ShouldBeError("RefreshTokenReuseException");
        var next = Tokens.Of(answers.Single(a => a.Status == 200).Json).Refresh!;
        foreach (var node in client.Each()) next = (await pool.On(node).GetTokensAsync(next)).ShouldBeSignedIn().Refresh!;
    }

    [Fact]
    public async Task A_proof_of_SRP()
    {
        var pool = await client.Front.PoolAsync();
        await pool.ConfirmedAsync("bob");
        var person = new SrpPerson(pool.On(client.At(0)));
        var proof = person.Proof(await person.StartAsync("bob"));

        var answers = await Race.RunAsync(client, (node, _) => pool.On(node).RespondAsync("PASSWORD_VERIFIER", null, proof.DeepClone().AsObject()));

        Race.OneWinner(answers).ShouldAllBe(a => a.Type == "NotAuthorizedException");
    }

    [Fact]
    public async Task The_session_of_a_challenge()
    {
        var pool = await client.Front.PoolAsync();
        var session = await AutoSignInTests.ConfirmAsync(pool, "bob");

        var answers = await Race.RunAsync(client, (node, _) => AutoSignInTests.ResumeAsync(pool.On(node), "bob", session));

        Race.OneWinner(answers).ShouldAllBe(a => a.Message == "Invalid session for the user, session can only be used once.");
    }

    [Fact]
    public async Task A_step_of_an_authenticator_app_in_sign_ins_on_all_nodes()
    {
        var (bob, app) = await client.Front.WithAppAsync();
        var sessions = await Task.WhenAll(client.Each().Select(node => bob.On(node).TrySignInAsync().ShouldSucceedAsync()));
        var code = app.Code(1);

        // Each session goes to nodes that did not begin it, too.
        var answers = await Race.RunAsync(client, (node, i) => bob.Pool.On(node).RespondAsync(sessions[i / 3 % 3], "bob", ("SOFTWARE_TOKEN_MFA_CODE", code)));

        Race.OneWinner(answers).ShouldAllBe(a => a.Type == "ExpiredCodeException" || a.Type == "NotAuthorizedException" || a.Type == "LimitExceededException");
    }

    [Fact]
    public async Task A_code_that_signs_in()
    {
        var pool = await client.Front.MfaPoolAsync("ON", "email", """{"AutoVerifiedAttributes":["email"],"UserPoolTier":"PLUS"}""");
        var bob = await pool.ReachableAsync("bob");
        await bob.PreferAsync("email!").ShouldSucceedAsync();
        var challenged = await bob.On(client.At(0)).TrySignInAsync().ShouldSucceedAsync();
        var code = await client.Front.CodeAsync(bob.Email);

        challenged.Challenge().ShouldBe("EMAIL_OTP");
        var answers = await Race.RunAsync(client, (node, _) => pool.On(node).RespondAsync(challenged, "bob", ("EMAIL_OTP_CODE", code)));

        Race.OneWinner(answers).ShouldAllBe(a => a.Type == "NotAuthorizedException" || a.Type == "ExpiredCodeException" || a.Type == "LimitExceededException");
    }
}
