using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Poolhouse.Core.Tokens;
using Poolhouse.Server.Account.Documents;

namespace Poolhouse.Tests.Testing;

/// <summary>A client of the WebSocket API.</summary>
public sealed class TestSocket : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly JsonObject Document = new AsyncApiDocument(new Issuer(new Uri("http://localhost:8001"))).Build();

    private readonly ClientWebSocket socket;

    private TestSocket(ClientWebSocket connected) => socket = connected;

    /// <summary>How the server closed it; null where it didn't.</summary>
    public WebSocketCloseStatus? CloseStatus => socket.CloseStatus;

    /// <summary>Connects.</summary>
    /// <param name="world">To which server.</param>
    /// <param name="origin">As the page of a browser; null for none.</param>
    public static async Task<TestSocket> ConnectAsync(World world, string? origin = null)
    {
        var client = new ClientWebSocket();
        if (origin is not null) client.Options.SetRequestHeader("Origin", origin);
        client.Options.CollectHttpResponseDetails = true;
        try
        {
            await client.ConnectAsync(new Uri(world.Url.Replace("http://", "ws://", StringComparison.Ordinal) + "/ws"), world.Http, CancellationToken.None);
            return new TestSocket(client);
        }
        catch (WebSocketException refused)
        {
            var status = client.HttpStatusCode;
            client.Dispose();
            throw new InvalidOperationException($"{(int)status}", refused);
        }
    }

    /// <summary>Sends an action and answers the next thing that is heard.</summary>
    public async Task<JsonObject> AskAsync(string action, JsonObject message)
    {
        await SayAsync(new JsonObject { ["action"] = action, ["message"] = message }.ToJsonString());
        return await HearAsync();
    }

    /// <summary>Sends text.</summary>
    public Task SayAsync(string text, WebSocketMessageType type = WebSocketMessageType.Text) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text), type, endOfMessage: true, CancellationToken.None);

    /// <summary>Sends a part of a message.</summary>
    public Task SayPartAsync(string text) => socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: false, CancellationToken.None);

    /// <summary>What is heard next; fails where the server closes or is silent.</summary>
    public async Task<JsonObject> HearAsync() => await MaybeHearAsync() ?? throw new InvalidOperationException($"Closed: {socket.CloseStatus} {socket.CloseStatusDescription}");

    /// <summary>What is heard next; null where the server closes.</summary>
    public async Task<JsonObject?> MaybeHearAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        using var text = new MemoryStream();
        var buffer = new byte[8192];
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(), patience.Token);
            if (part.MessageType == WebSocketMessageType.Close) return null;
            text.Write(buffer, 0, part.Count);
            if (part.EndOfMessage) return Checked(JsonNode.Parse(text.ToArray())!.AsObject());
        }
    }

    // Every reply that any test hears is one that the document describes.
    private static JsonObject Checked(JsonObject heard)
    {
        var message = Document["channels"]!["ws"]!["messages"]![heard["action"]!.GetValue<string>()].ShouldNotBeNull($"The document has no such message: {heard}");
        JsonSchemas.Problems(heard, message["payload"], Document).ShouldBeEmpty(heard.ToJsonString());
        return heard;
    }

    /// <summary>Says goodbye in order.</summary>
    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        try
        {
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived) await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, patience.Token);
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException)
        {
            // The server was faster.
        }

        socket.Dispose();
    }
}

/// <summary>Somebody with all three tokens of a sign-in.</summary>
public sealed record Speaker(World World, string Email, string Sub, string Family, string Access, string Id, string Refresh)
{
    /// <summary>Somebody new.</summary>
    public static async Task<Speaker> NewAsync(World world) => await SignInAsync(world, (await world.AccountAsync()).Email);

    /// <summary>Signs in once more.</summary>
    public static async Task<Speaker> SignInAsync(World world, string email)
    {
        var login = new JsonObject { ["email"] = email, ["password"] = TestAccount.Password };
        var tokens = (await world.ApiAsync(HttpMethod.Post, "auth/login", login)).Good().Json;
        var access = tokens["access_token"]!.GetValue<string>();
        var claims = JsonNode.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(access.Split('.')[1]))!;
        return new Speaker(
            world,
            email,
            claims["sub"]!.GetValue<string>(),
            claims["event_id"]!.GetValue<string>(),
            access,
            tokens["id_token"]!.GetValue<string>(),
            tokens["refresh_token"]!.GetValue<string>());
    }

    /// <summary>The message of user-login and user-logout.</summary>
    public JsonObject Tokens() => new() { ["email"] = Email, ["accessToken"] = Access, ["idToken"] = Id, ["refreshToken"] = Refresh };

    /// <summary>The message of user-signup.</summary>
    public JsonObject Signup(string? username = null)
    {
        var message = Tokens();
        message["cogId"] = Sub;
        message["username"] = username ?? Email;
        return message;
    }
}
