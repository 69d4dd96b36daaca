using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Poolhouse.Conformance.Clients;
using Poolhouse.Conformance.Running;

namespace Poolhouse.Conformance.Browser;

/// <summary>Sign-in by a certified OpenID provider, node-oidc-provider with its own pages, for an application that uses openid-client.</summary>
public sealed class FederationTests(Chromium chromium)
{
    // Nobody listens there: the browser's address is enough.
    private const string Callback = "http://localhost:3000/callback";

    [Fact]
    public async Task A_person_signs_in_at_the_provider_and_the_application_gets_tokens_that_it_believes()
    {
        await using var server = await RunningServer.StartAsync();
        await using var provider = await StartProviderAsync(server, out var issuer);
        var application = await ConfigureAsync(server, issuer);
        var arguments = new JsonObject { ["issuer"] = $"{server.Url}/{RunningServer.PoolId}", ["clientId"] = application, ["redirectUri"] = Callback };

        foreach (var _ in new[] { "the first time", "and again" })
        {
            var begun = await StepAsync(arguments, "begin", null, null);
            var callback = await SignInAsync(server, begun.Text("address"));
            var ended = await StepAsync(arguments, "end", begun, callback);

            ended["claims"]["cognito:username"]!.GetValue<string>().ShouldBe("acme_ann");
            ended["claims"]["email"]!.GetValue<string>().ShouldBe("ann@acme.example");
            ended["claims"]["name"]!.GetValue<string>().ShouldBe("Doctor ann");
            ended["userInfo"]["username"]!.GetValue<string>().ShouldBe("acme_ann");
            ended.Is("refreshed").ShouldBeTrue();
            ended.Text("afterRevocation").ShouldBe("invalid_grant");
        }

        var users = await server.Cognito.CallAsync("ListUsers", new() { ["UserPoolId"] = RunningServer.PoolId });
        users["Users"]!.AsArray().ShouldHaveSingleItem()!["UserStatus"]!.GetValue<string>().ShouldBe("EXTERNAL_PROVIDER");
    }

    private async Task<string> SignInAsync(RunningServer server, string address)
    {
        await using var ann = await chromium.VisitAsync(server);
        var callback = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await ann.Page.RouteAsync(Callback + "**", route =>
        {
            callback.TrySetResult(route.Request.Url);
            return route.FulfillAsync(new() { Body = "done" });
        });
        await ann.GoAsync(address);
        await ann.Page.Locator("input[name=login]").FillAsync("ann");
        await ann.Page.Locator("input[name=password]").FillAsync("anything");
        await ann.Page.Locator("button[type=submit]").ClickAsync();
        // It asks whether the pool may know.
        await ann.Page.Locator("button[type=submit]").ClickAsync();
        return await callback.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    private static Task<Story> StepAsync(JsonObject arguments, string step, Story? begun, string? callback)
    {
        var all = arguments.DeepClone().AsObject();
        all["step"] = step;
        all["callback"] = callback;
        if (begun is not null) all["begun"] = new JsonObject { ["verifier"] = begun.Text("verifier"), ["state"] = begun.Text("state"), ["nonce"] = begun.Text("nonce") };
        return Story.TellAsync("federation.mjs", all);
    }

    private static Task<GuardedProcess> StartProviderAsync(RunningServer server, out string issuer)
    {
        var node = Need.Tool(Need.Find("node"), "Node.js");
        var package = Path.Combine(Repository.Clients, "node_modules", "oidc-provider");
        Need.Tool(Directory.Exists(package) ? package : null, "oidc-provider, by npm ci in the folder 'clients',");
        var port = FreePort();
        issuer = $"http://127.0.0.1:{port}";
        return RunAsync([node, Path.Combine(Repository.Clients, "identity-provider.mjs"), $"{port}", server.Url + "/oauth2/idpresponse"]);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task<GuardedProcess> RunAsync(string[] command)
    {
        var process = await GuardedProcess.StartAsync(command, Repository.Clients, new Dictionary<string, string?>(), "listening");
        await process.ReadyAsync();
        return process;
    }

    private static async Task<string> ConfigureAsync(RunningServer server, string issuer)
    {
        await server.Cognito.CallAsync("CreateIdentityProvider", new()
        {
            ["UserPoolId"] = RunningServer.PoolId,
            ["ProviderName"] = "Acme",
            ["ProviderType"] = "OIDC",
            ["ProviderDetails"] = new JsonObject
            {
                ["client_id"] = "poolhouse", ["client_secret"] = "a secret of the provider", ["authorize_scopes"] = "openid email profile",
                ["attributes_request_method"] = "GET", ["oidc_issuer"] = issuer,
            },
            ["AttributeMapping"] = new JsonObject { ["email"] = "email", ["email_verified"] = "email_verified", ["name"] = "name" },
        });
        var client = await server.Cognito.CallAsync("CreateUserPoolClient", new()
        {
            ["UserPoolId"] = RunningServer.PoolId,
            ["ClientName"] = "federated",
            ["SupportedIdentityProviders"] = new JsonArray("Acme"),
            ["AllowedOAuthFlows"] = new JsonArray("code"),
            ["AllowedOAuthFlowsUserPoolClient"] = true,
            ["AllowedOAuthScopes"] = new JsonArray("openid", "email", "profile"),
            ["CallbackURLs"] = new JsonArray(Callback),
        });
        return client["UserPoolClient"]!["ClientId"]!.GetValue<string>();
    }
}
