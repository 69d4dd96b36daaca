using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Sealing;
using Poolhouse.Core.Tokens.Jose;

namespace Poolhouse.Core.Threats;

/// <summary>What a feedback token lets its bearer do: say once of one event whether it was right.</summary>
public sealed record FeedbackToken(Sub Sub, string EventId, DateTimeOffset ExpiresAt)
{
    /// <summary>What is spent with the first use.</summary>
    public string SpentId => "feedback/" + EventId;
}

/// <summary>Tokens in mails about risky sign-ins: sealed, bound to the pool, and good for a week. API_UpdateAuthEventFeedback.FeedbackToken.</summary>
public sealed class FeedbackTokens(Sealer sealer)
{
    /// <summary>How long a mail may wait to be answered.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    /// <summary>The token's text.</summary>
    public string Write(AuthEvent about, DateTimeOffset now)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{about.Sub}\n{about.Id}\n{(now + Lifetime).ToUnixTimeMilliseconds()}");
        return Base64Url.EncodeToString(sealer.Seal(Encoding.UTF8.GetBytes(text), SealPurpose.FeedbackToken, SealContext.Of(about.PoolId.Value)));
    }

    /// <summary>The token, or null for anything that isn't one of this pool, or is too old.</summary>
    public FeedbackToken? Read(PoolId pool, string text, DateTimeOffset now)
    {
        if (!StrictBase64Url.TryDecode(text, out var bytes)) return null;
        if (!sealer.TryOpen(bytes, SealPurpose.FeedbackToken, SealContext.Of(pool.Value), out var clear)) return null;
        var parts = Encoding.UTF8.GetString(clear).Split('\n');
        var token = new FeedbackToken(new Sub(parts[0]), parts[1], DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(parts[2], CultureInfo.InvariantCulture)));
        return token.ExpiresAt > now ? token : null;
    }
}
