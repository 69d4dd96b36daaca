using System.Text.Json;
using Poolhouse.Conformance.Running;

namespace Poolhouse.Conformance.Browser;

/// <summary>Source 000's story in a page: sign up, confirm and sign in by Amazon's client library, and tell the WebSocket API of it.</summary>
public sealed class RealtimeTests(DevelopmentServer development, Chromium chromium)
{
    private const string Password = "Correct-horse-7";

    // A page without a policy of its own; the library's names are global there.
    private const string Prepare = """
        ({ endpoint, pool, client }) => {
          const { CognitoUserPool, CognitoUser, CognitoUserAttribute, AuthenticationDetails } = AmazonCognitoIdentity;
          const users = new CognitoUserPool({ UserPoolId: pool, ClientId: client, endpoint });
          const call = start => new Promise((done, failed) => start((error, result) => error ? failed(error) : done(result)));
          const user = name => new CognitoUser({ Username: name, Pool: users });
          window.signUp = (email, password) => call(back =>
            users.signUp(email, password, [new CognitoUserAttribute({ Name: 'email', Value: email })], null, back)).then(r => r.userSub);
          window.signIn = (email, password) => new Promise((done, failed) => {
            window.current = user(email);
            window.current.authenticateUser(new AuthenticationDetails({ Username: email, Password: password }), {
              onFailure: failed,
              onSuccess: session => done({
                email,
                accessToken: session.getAccessToken().getJwtToken(),
                idToken: session.getIdToken().getJwtToken(),
                refreshToken: session.getRefreshToken().getToken(),
              }),
            });
          });
          window.signOut = () => new Promise(done => window.current.signOut(done));
          window.heard = [];
          window.waiting = [];
          window.connect = () => new Promise((done, failed) => {
            window.socket = new WebSocket(location.origin.replace('http', 'ws') + '/ws');
            window.socket.onopen = () => done();
            window.socket.onerror = () => failed(new Error('no connection'));
            window.socket.onmessage = e => {
              const next = window.waiting.shift();
              if (next) next(JSON.parse(e.data)); else window.heard.push(JSON.parse(e.data));
            };
          });
          window.hear = () => window.heard.length ? Promise.resolve(window.heard.shift()) : new Promise(done => window.waiting.push(done));
          window.ask = (action, message) => { window.socket.send(JSON.stringify({ action, message })); return window.hear(); };
        }
        """;

    [Fact]
    public async Task A_person_signs_up_verifies_signs_in_and_out_by_the_library_and_the_socket()
    {
        var library = Path.Combine(Repository.Clients, "node_modules", "amazon-cognito-identity-js", "dist", "amazon-cognito-identity.min.js");
        Need.Tool(File.Exists(library) ? library : null, "The folder 'clients', by npm ci,");
        var server = development.Server;
        await using var ann = await chromium.VisitAsync(server);
        var page = ann.Page;
        var email = $"{Guid.NewGuid():N}@example.com";
        await page.GotoAsync("/config.json");
        await page.AddScriptTagAsync(new() { Path = library });
        await page.EvaluateAsync(Prepare, new { endpoint = server.Url + "/", pool = RunningServer.PoolId, client = RunningServer.ClientId });
        await page.EvaluateAsync("connect()");

        var sub = await page.EvaluateAsync<string>("([email, password]) => signUp(email, password)", new[] { email, Password });
        var code = await server.Mailbox.CodeAsync(email);
        var verified = await page.EvaluateAsync<JsonElement>("([email, code]) => ask('user-verify', { email, code })", new[] { email, code });
        var signedUp = await page.EvaluateAsync<JsonElement>(
            "async ([email, password, cogId]) => ask('user-signup', { ...(window.tokens = await signIn(email, password)), cogId, username: email })", new[] { email, Password, sub });
        var loggedIn = await page.EvaluateAsync<JsonElement>("ask('user-login', window.tokens)");
        await page.EvaluateAsync("signOut()");
        var told = await page.EvaluateAsync<JsonElement>("hear()");
        var loggedOut = await page.EvaluateAsync<JsonElement>("ask('user-logout', window.tokens)");

        Action(verified).ShouldBe("user-verify-success");
        User(verified).GetProperty("cogId").GetString().ShouldBe(sub);
        Action(signedUp).ShouldBe("user-signup-success");
        User(signedUp).GetProperty("loggedIn").GetBoolean().ShouldBeTrue();
        Action(loggedIn).ShouldBe("user-login-success");
        Action(told).ShouldBe("user-session-ended");
        Action(loggedOut).ShouldBe("user-logout-success");
        User(loggedOut).GetProperty("loggedIn").GetBoolean().ShouldBeFalse();
        ann.Troubles().Where(trouble => !trouble.Contains("favicon", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    private static string? Action(JsonElement reply) => reply.GetProperty("action").GetString();

    private static JsonElement User(JsonElement reply) => reply.GetProperty("message").GetProperty("user");
}
