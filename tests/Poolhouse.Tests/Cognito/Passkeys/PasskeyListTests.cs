using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.Passkeys;

/// <summary>ListWebAuthnCredentials, DeleteWebAuthnCredential, and where passkeys show elsewhere.</summary>
public sealed class PasskeyListTests
{
    [Fact]
    public async Task A_passkey_is_described()
    {
        var pool = await (await World.OnAsync()).PasskeyPoolAsync();
        var bob = await pool.ConfirmedAsync("bob");
        using var passkey = await bob.WithPasskeyAsync();

        var listed = await pool.World.OwnAsync("ListWebAuthnCredentials", await bob.SignInAsync()).ShouldSucceedAsync();

        var described = listed["Credentials"]!.AsArray().Single()!.AsObject();
        described["CreatedAt"]!.GetValue<double>().ShouldBeGreaterThan(1_700_000_000);
        described.Remove("CreatedAt");
        described.ToJsonString().ShouldBe(
            $$"""{"CredentialId":"{{passkey.Id}}","FriendlyCredentialName":"Passkey","RelyingPartyId":"example.com","AuthenticatorAttachment":"platform","AuthenticatorTransports":["internal"]}""");
    }

    [Fact]
    public async Task Pages_hold_every_passkey_once()
    {
        var pool = await (await World.OnAsync()).PasskeyPoolAsync();
        var bob = await pool.ConfirmedAsync("bob");
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            using var passkey = await bob.WithPasskeyAsync();
            ids.Add(passkey.Id);
        }

        var tokens = await bob.SignInAsync();
        var listed = new List<string>();
        string? next = null;
        do
        {
            var page = await pool.World.OwnAsync("ListWebAuthnCredentials", tokens, new JsonObject { ["MaxResults"] = 2, ["NextToken"] = next }).ShouldSucceedAsync();
            listed.AddRange(page["Credentials"]!.AsArray().Select(c => c!["CredentialId"]!.GetValue<string>()));
            next = page["NextToken"]?.GetValue<string>();
        }
        while (next is not null);

        listed.ShouldBe(ids);
        var foreign = await (await pool.ConfirmedAsync("eve")).SignInAsync();
        var token = (await pool.World.OwnAsync("ListWebAuthnCredentials", tokens, new JsonObject { ["MaxResults"] = 2 }).ShouldSucceedAsync())["NextToken"]!.GetValue<string>();
        (await pool.World.OwnAsync("ListWebAuthnCredentials", foreign, new JsonObject { ["NextToken"] = token })).ShouldBeError("InvalidParameterException");
    }

    [Fact]
    public async Task A_deleted_passkey_is_gone()
    {
        var pool = await (await World.OnAsync()).PasskeyPoolAsync();
        var bob = await pool.ConfirmedAsync("bob");
        using var passkey = await bob.WithPasskeyAsync();
        var tokens = await bob.SignInAsync();
        var asked = await bob.AskPasskeyAsync().ShouldSucceedAsync();

        await pool.World.OwnAsync("DeleteWebAuthnCredential", tokens, new JsonObject { ["CredentialId"] = passkey.Id }).ShouldSucceedAsync();

        (await bob.AnswerAsync(asked, passkey.Get(asked.RequestOptions()))).ShouldBeError("NotAuthorizedException");
        (await bob.AskPasskeyAsync().ShouldSucceedAsync()).Challenge().ShouldBe("SELECT_CHALLENGE");
        (await pool.World.OwnAsync("DeleteWebAuthnCredential", tokens, new JsonObject { ["CredentialId"] = passkey.Id })).ShouldBeError("ResourceNotFoundException");
    }

    [Fact]
    public async Task Nobody_deletes_the_passkey_of_another()
    {
        var pool = await (await World.OnAsync()).PasskeyPoolAsync();
        var bob = await pool.ConfirmedAsync("bob");
        using var passkey = await bob.WithPasskeyAsync();
        var eve = await (await pool.ConfirmedAsync("eve")).SignInAsync();

        var answer = await pool.World.OwnAsync("DeleteWebAuthnCredential", eve, new JsonObject { ["CredentialId"] = passkey.Id });

        answer.ShouldBeError("ResourceNotFoundException");
        (await bob.TryPasskeyAsync(passkey)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_deleted_user_takes_them_along()
    {
        var pool = await (await World.OnAsync()).PasskeyPoolAsync();
        var bob = await pool.ConfirmedAsync("bob");
        using var passkey = await bob.WithPasskeyAsync();
        await pool.AdminAsync("AdminDeleteUser", "bob").ShouldSucceedAsync();

        var next = await pool.ConfirmedAsync("bob");

        (await pool.World.OwnAsync("ListWebAuthnCredentials", await next.SignInAsync()).ShouldSucceedAsync()).ToJsonString().ShouldBe("""{"Credentials":[]}""");
        await next.WithPasskeyAsync(passkey);
    }

    [Fact]
    public async Task It_is_one_of_the_factors_that_are_told()
    {
        var pool = await (await World.OnAsync()).PasskeyPoolAsync();
        var bob = await pool.ConfirmedAsync("bob");
        var tokens = await bob.SignInAsync();
        (await pool.World.OwnAsync("GetUserAuthFactors", tokens).ShouldSucceedAsync())["ConfiguredUserAuthFactors"]!.ToJsonString().ShouldBe("""["PASSWORD"]""");
        using var passkey = await bob.WithPasskeyAsync();

        var own = await pool.World.OwnAsync("GetUserAuthFactors", tokens).ShouldSucceedAsync();
        var told = await pool.AdminAsync("AdminGetUserAuthFactors", "bob").ShouldSucceedAsync();

        own.ToJsonString().ShouldBe("""{"Username":"bob","ConfiguredUserAuthFactors":["PASSWORD","WEB_AUTHN"]}""");
        told.ToJsonString().ShouldBe(own.ToJsonString());
    }
}
