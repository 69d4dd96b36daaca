using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Poolhouse.Conformance.Running;

namespace Poolhouse.Conformance.Clients;

/// <summary>Identity documents in somebody else's S3-compatible server, s3rver from npm. It knows access keys but not version 4 of signatures, which S3ObjectsTests check.</summary>
public sealed class ObjectStoreTests
{
    private const string Pool = RunningServer.PoolId;
    private const string Password = "Test-1234567";

    [Fact]
    public async Task Documents_are_written_read_and_erased_in_S3()
    {
        await using var store = await Store.StartAsync();
        await using var server = await StartAsync(store, "S3RVER");
        var (person, reviewer) = (await SignInAsync(server, "ann", isOperator: false), await SignInAsync(server, "otto", isOperator: true));

        using var uploaded = await UploadAsync(server, person);
        uploaded.StatusCode.ShouldBe(HttpStatusCode.Created, await uploaded.Content.ReadAsStringAsync());
        var id = JsonNode.Parse(await uploaded.Content.ReadAsStringAsync())!["id"]!.GetValue<string>();
        var kept = store.Objects().Single();
        (await File.ReadAllBytesAsync(kept)).AsSpan().IndexOf("JFIF"u8).ShouldBe(-1, "It is encrypted.");

        using var content = await SendAsync(server, reviewer, HttpMethod.Get, $"kyc/documents/{id}/content");
        content.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await content.Content.ReadAsByteArrayAsync()).AsSpan(0, 3).SequenceEqual((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]).ShouldBeTrue();

        using var deleted = await SendAsync(server, person, HttpMethod.Delete, $"kyc/documents/{id}");
        deleted.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        for (var i = 0; i < 200 && store.Objects().Length > 0; i++) await Task.Delay(50);
        store.Objects().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_wrong_key_and_a_store_that_is_away_take_nothing()
    {
        await using var store = await Store.StartAsync();
        await using var server = await StartAsync(store, "ANOTHERKEY");
        var person = await SignInAsync(server, "ann", isOperator: false);

        using var wrong = await UploadAsync(server, person);
        wrong.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        store.Objects().ShouldBeEmpty();
        await store.KillAsync();
        using var away = await UploadAsync(server, person);
        away.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);

        using var status = await SendAsync(server, person, HttpMethod.Get, "kyc");
        (await status.Content.ReadAsStringAsync()).ShouldContain("\"none\"");
    }

    [Fact]
    public async Task Without_keys_those_of_a_container_are_asked_for()
    {
        await using var store = await Store.StartAsync();
        using var container = new HttpListener();
        var address = $"http://127.0.0.1:{Store.FreePort()}/";
        container.Prefixes.Add(address);
        container.Start();
        var giving = GiveKeysAsync(container);
        await using var server = await RunningServer.StartAsync(
            new Dictionary<string, string?>
            {
                ["DOTNET_ENVIRONMENT"] = "Development", ["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = address, ["AWS_ACCESS_KEY_ID"] = null, ["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null",
            },
            "--Kyc:Store",
            $"s3://documents/kyc?endpoint={store.Url}&region=eu-west-1");
        var person = await SignInAsync(server, "ann", isOperator: false);

        using var uploaded = await UploadAsync(server, person);

        uploaded.StatusCode.ShouldBe(HttpStatusCode.Created, await uploaded.Content.ReadAsStringAsync());
        store.Objects().Length.ShouldBe(1);
        container.Stop();
        (await giving).ShouldBe(1, "Keys are kept until shortly before their end.");
    }

    /// <summary>What an agent beside a container answers; tells how often it was asked.</summary>
    private static async Task<int> GiveKeysAsync(HttpListener container)
    {
        for (var asked = 0; ; asked++)
        {
            HttpListenerContext request;
            try
            {
                request = await container.GetContextAsync();
            }
            catch (Exception stopped) when (stopped is HttpListenerException or ObjectDisposedException)
            {
                return asked;
            }

            var expiry = DateTimeOffset.UtcNow.AddHours(1).ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture);
            var keys = new JsonObject { ["AccessKeyId"] = "S3RVER", ["SecretAccessKey"] = "S3RVER", ["Token"] = "session", ["Expiration"] = expiry };
            await request.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(keys.ToJsonString()));
            request.Response.Close();
        }
    }

    private static Task<RunningServer> StartAsync(Store store, string accessKeyId) => RunningServer.StartAsync(
        "--Kyc:Store", $"s3://documents/kyc?endpoint={store.Url}&region=eu-west-1", "--Kyc:AccessKeyId", accessKeyId, "--Kyc:SecretAccessKey", "S3RVER");

    private static async Task<string> SignInAsync(RunningServer server, string name, bool isOperator)
    {
        var email = name + "@example.com";
        await server.Cognito.CallAsync("AdminCreateUser", new()
        {
            ["UserPoolId"] = Pool, ["Username"] = email, ["MessageAction"] = "SUPPRESS",
            ["UserAttributes"] = new JsonArray(
                new JsonObject { ["Name"] = "email", ["Value"] = email }, new JsonObject { ["Name"] = "email_verified", ["Value"] = "true" }),
        });
        await server.Cognito.CallAsync("AdminSetUserPassword", new() { ["UserPoolId"] = Pool, ["Username"] = email, ["Password"] = Password, ["Permanent"] = true });
        if (isOperator)
        {
            await server.Cognito.CallAsync("CreateGroup", new() { ["UserPoolId"] = Pool, ["GroupName"] = "operators" });
            await server.Cognito.CallAsync("AdminAddUserToGroup", new() { ["UserPoolId"] = Pool, ["GroupName"] = "operators", ["Username"] = email });
        }

        var body = new JsonObject { ["email"] = email, ["password"] = Password };
        using var answer = await server.Http.PostAsync("/api/v1/auth/login", new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["access_token"]!.GetValue<string>();
    }

    private static async Task<HttpResponseMessage> UploadAsync(RunningServer server, string token)
    {
        var photo = new ByteArrayContent(await File.ReadAllBytesAsync(Path.Combine(Repository.Root, "tests", "Poolhouse.Tests", "Account", "Kyc", "Samples", "photo.jpg")));
        using var form = new MultipartFormDataContent { { new StringContent("passport"), "kind" }, { photo, "file", "photo.jpg" } };
        return await SendAsync(server, token, HttpMethod.Post, "kyc/documents", form);
    }

    private static async Task<HttpResponseMessage> SendAsync(RunningServer server, string token, HttpMethod method, string path, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, "/api/v1/" + path) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await server.Http.SendAsync(request);
    }

    /// <summary>s3rver with one bucket, its objects in a temporary folder.</summary>
    private sealed class Store : IAsyncDisposable
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("poolhouse-s3-").FullName;
        private readonly int _port = FreePort();
        private GuardedProcess? _process;

        public string Url => $"http://127.0.0.1:{_port}";

        public static async Task<Store> StartAsync()
        {
            var node = Need.Tool(Need.Find("node"), "Node.js");
            var program = Path.Combine(Repository.Clients, "node_modules", "s3rver", "bin", "s3rver.js");
            Need.Tool(File.Exists(program) ? program : null, "s3rver, by npm ci in the folder 'clients',");
            var store = new Store();
            store._process = await GuardedProcess.StartAsync(
                [node, program, "-d", store._folder, "-a", "127.0.0.1", "-p", $"{store._port}", "--configure-bucket", "documents"], store._folder, new Dictionary<string, string?>(), "listening");
            await store._process.ReadyAsync();
            return store;
        }

        /// <summary>The files with objects' bytes.</summary>
        public string[] Objects() => Directory.GetFiles(Path.Combine(_folder, "documents"), "*_object", SearchOption.AllDirectories);

        public Task KillAsync() => _process!.KillAsync();

        public async ValueTask DisposeAsync()
        {
            if (_process is not null) await _process.DisposeAsync();
            Directory.Delete(_folder, recursive: true);
        }

        public static int FreePort()
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }
    }
}
