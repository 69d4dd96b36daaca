using System.Text.Json.Nodes;
using Poolhouse.Tests.Account.Invites;
using Poolhouse.Tests.Testing;
using Poolhouse.Tests.Testing.Cluster;

namespace Poolhouse.Tests.Cluster;

/// <summary>What serves once serves once, whichever nodes race for it: the account API. Everybody has a network of their own, or limits would decide.</summary>
[Collection(ClusterCollection.Name)]
public sealed class UsedOnceByAccountsTests(SharedCluster shared) : IAsyncDisposable
{
    private readonly TestCluster cluster = shared.Cluster;
    private readonly ClusterClient client = shared.Cluster.NewClient();

    public async ValueTask DisposeAsync()
    {
        cluster.TellIfFailed();
        await client.DisposeAsync();
    }

    [Fact]
    public async Task The_code_of_a_registration()
    {
        var email = TestAccount.NewEmail();
        (await client.Front.RegisterAsync(email, null)).Good();
        var code = await client.Front.CodeAsync(email);

        var answers = await Race.RunApartAsync(cluster, (node, _) => node.ApiAsync(
            HttpMethod.Post, "auth/verify-otp", new JsonObject { ["email"] = email, ["code"] = code, ["purpose"] = "email_verification" }));

        answers.Count(a => a.Status == 200).ShouldBe(1, string.Join('\n', answers.Select(a => a.Text).Distinct()));
        answers.Where(a => a.Status != 200).ShouldAllBe(a => a.Status == 400 || a.Status == 429);
    }

    [Fact]
    public async Task An_invitation()
    {
        var (op, email) = (await client.Front.OperatorAsync(), TestAccount.NewEmail());
        await op.InviteAsync(email);
        var token = await cluster.Mails.LinkAsync(email);

        var answers = await Race.RunApartAsync(cluster, (node, _) => node.RegisterAsync(email, token));

        Race.OneWinner(answers, 400, "INVITE_INVALID");
        (await client.Front.SignInAsync(email)).Access.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_link_that_confirms()
    {
        var email = TestAccount.NewEmail();
        (await client.Front.ApiAsync(HttpMethod.Post, "auth/register", AccountWorld.Registration(email, "letters"))).Good();
        var token = await cluster.Mails.LinkAsync(email);

        var answers = await Race.RunApartAsync(cluster, (node, _) => node.ApiAsync(
            HttpMethod.Post, "confirm-account", new JsonObject { ["token"] = token, ["application"] = "letters" }));

        Race.OneWinner(answers, 400, "INVITE_INVALID").Text.ShouldBe("""{"message":"Account confirmed"}""");
    }

    [Fact]
    public async Task A_username_that_is_reserved()
    {
        var name = $"bob{Guid.NewGuid():N}"[..20];

        var answers = await Race.RunApartAsync(cluster, (node, _) => node.ApiAsync(HttpMethod.Put, "usernames/" + name));

        var holder = Race.OneWinner(answers, 409, "USERNAME_TAKEN").Json["username_reservation"]!.GetValue<string>();
        var registration = AccountWorld.Registration(TestAccount.NewEmail());
        registration["username"] = name;
        (await client.Front.ApiAsync(HttpMethod.Post, "auth/register", registration.DeepClone().AsObject())).ShouldBeProblem(409, "USERNAME_TAKEN");
        registration["username_reservation"] = holder;
        (await client.Front.ApiAsync(HttpMethod.Post, "auth/register", registration)).Good();
    }
}
