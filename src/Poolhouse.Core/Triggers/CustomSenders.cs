using System.Text;
using System.Text.Json;
using Poolhouse.Core.Messages;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Sealing;

namespace Poolhouse.Core.Triggers;

/// <summary>The keys under which codes are sealed for custom senders, by the ARN that a pool names as KMSKeyID.</summary>
public sealed class SenderKeys(IReadOnlyDictionary<string, SenderKey> keys)
{
    /// <summary>The key, or null where the server has none of that name.</summary>
    public SenderKey? Find(string keyId) => keys.GetValueOrDefault(keyId);
}

/// <summary>A key for custom senders.</summary>
/// <param name="Key">32 bytes.</param>
/// <param name="IsJwe">A compact JWE in place of the AWS Encryption SDK's message format.</param>
public sealed record SenderKey(byte[] Key, bool IsJwe)
{
    /// <summary>Never the key.</summary>
    public override string ToString() => nameof(SenderKey);
}

/// <summary>
/// Hands a message's code to the function that sends it (user guide, "Custom sender Lambda triggers"). Called by the outbox, which
/// repeats it until the function has taken it or the code is too old; the code travels sealed.
/// </summary>
public sealed class CustomSenders(ITriggerFunctions functions, SenderKeys keys, IRandom random)
{
    /// <summary>Tries once.</summary>
    public async ValueTask<FunctionAnswer> SendAsync(OutboxMessage message, CancellationToken ct)
    {
        var sender = message.Sender ?? throw new InvalidOperationException("The message has no custom sender.");
        if (keys.Find(sender.KeyId) is not { } key) return new FunctionAnswer.Unreachable("sender-key-not-configured");
        var code = message.Code is { } clear ? Seal(message, sender, key, Encoding.UTF8.GetBytes(clear)) : null;
        var isMail = message.Channel == MessageChannel.Email;
        var e = new TriggerEvent<CustomSenderRequest, NoResponse>
        {
            Region = message.PoolId.Region,
            UserPoolId = message.PoolId.Value,
            UserName = sender.Username,
            CallerContext = CallerContext.Of(new TriggerOrigin(sender.ClientId is { } client ? new ClientId(client) : null)),
            TriggerSource = sender.Source,
            Request = new CustomSenderRequest(
                isMail ? "customEmailSenderRequestV1" : "customSMSSenderRequestV1", code, sender.ClientMetadata, sender.UserAttributes),
            Response = new NoResponse(),
        };
        var payload = JsonSerializer.SerializeToUtf8Bytes(e, TriggerJson.Default.CustomSender);
        return await functions.InvokeAsync(new FunctionCall(sender.Arn, sender.Source, payload, Attempts: 1), ct);
    }

    // Amazon binds the message to the pool by this very name, so functions that check it work unchanged.
    private string Seal(OutboxMessage message, CustomSender sender, SenderKey key, byte[] code) => key.IsJwe
        ? SenderJwe.Encrypt(key.Key, sender.KeyId, code, random)
        : Convert.ToBase64String(EncryptionSdkMessage.Encrypt(key.Key, sender.KeyId, ("userpool-id", message.PoolId.Value), code, random));
}
