using System.Text.Json;
using Poolhouse.Core.Accounts;
using Poolhouse.Server.Account.Limits;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Account.Realtime;

/// <summary>Reads messages, finds their actions, and writes replies; the one catch of the WebSocket API.</summary>
internal sealed partial class RealtimeDispatcher(IServiceProvider services, RateLimiter limiter, TimeProvider clock, ILogger<RealtimeDispatcher> logger)
{
    /// <summary>The action of replies to what is no message of any action.</summary>
    public const string ErrorAction = "error";

    private const int LongestEmail = 254;

    /// <summary>Acts on one message and replies.</summary>
    public async ValueTask HandleAsync(RealtimeConnection connection, ReadOnlyMemory<byte> text)
    {
        if (Parse(text) is not { } json)
        {
            Fail(connection, RealtimeCodes.MalformedMessage, "not a JSON object with action and message");
            return;
        }

        using (json)
        {
            var root = json.RootElement;
            if (RealtimeActions.Find(root.GetProperty("action"u8)) is not { } action)
                Fail(connection, RealtimeCodes.UnknownAction, "unknown action");
            else
                await RunAsync(connection, action, root.GetProperty("message"u8));
        }
    }

    /// <summary>Replies that what came was no message.</summary>
    public static void Fail(RealtimeConnection connection, string code, string text) => connection.Send(ErrorAction, new OutgoingMessage(text, code));

    private async ValueTask RunAsync(RealtimeConnection connection, RealtimeAction action, JsonElement message)
    {
        var now = clock.GetUtcNow();
        try
        {
            await limiter.DemandAsync(action.Limit, connection.Origin.Address, now, connection.Ended);
            var answer = await action.RunAsync(services, message, new RealtimeCall(connection, now), connection.Ended);
            connection.Send(action.Name + "-success", new OutgoingMessage(action.Done, null, answer.User));
        }
        catch (ProblemException refused)
        {
            Refuse(connection, action, message, refused);
        }
        catch (UninvitedException)
        {
            Refuse(connection, action, message, Problems.Of("INVITE_REQUIRED"));
        }
        catch (CognitoException refused)
        {
            Refuse(connection, action, message, PoolProblems.Of(refused));
        }
        catch (JsonException)
        {
            Refuse(connection, action, message, Problems.Malformed(400, ""));
        }
        catch (Exception bug) when (bug is not OperationCanceledException || !connection.Ended.IsCancellationRequested)
        {
            LogFailed(logger, bug, action.Name, connection.Id);
            Refuse(connection, action, message, Problems.Of("INTERNAL_ERROR"));
        }
    }

    private static void Refuse(RealtimeConnection connection, RealtimeAction action, JsonElement message, ProblemException refused)
    {
        var fields = refused.Errors is { Any: true } errors ? ": " + string.Join(", ", errors.ByField.Select(e => $"{e.Key} {e.Value.Code}")) : "";
        var user = action.FailureNamesUser ? Said(message) : null;
        connection.Send(action.Name + "-error", new OutgoingMessage(action.Failed + fields, refused.Code, user));
    }

    // Only what the sender said: nothing tells whether there is such a user.
    private static UserView? Said(JsonElement message) =>
        message.TryGetProperty("email"u8, out var value) && RealtimeActions.Text(value) is { Length: > 0 and <= LongestEmail } email
            ? new UserView(null, email, email, LoggedIn: false)
            : null;

    [LoggerMessage(EventIds.RealtimeActionFailed, LogLevel.Error, "{Action} failed, connection {Connection}.")]
    private static partial void LogFailed(ILogger logger, Exception bug, string action, string connection);

    private static JsonDocument? Parse(ReadOnlyMemory<byte> text)
    {
        try
        {
            var json = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 8 });
            var root = json.RootElement;
            if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("action"u8, out var action) && action.ValueKind == JsonValueKind.String
                && root.TryGetProperty("message"u8, out var message) && message.ValueKind == JsonValueKind.Object) return json;
            json.Dispose();
            return null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
