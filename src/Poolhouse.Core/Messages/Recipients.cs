using Poolhouse.Core.Stores;
using Poolhouse.Core.Users;

namespace Poolhouse.Core.Messages;

/// <summary>Which language a user reads.</summary>
public static class Recipients
{
    /// <summary>The message in the language of the user's profile, which it has already; else in the one of their account at an application, if any.</summary>
    public static async ValueTask<OutboxMessage> InTheirLanguageAsync(IStores stores, User user, OutboxMessage message, CancellationToken ct)
    {
        if (message.Locale is { Length: > 0 }) return message;
        var accounts = await stores.Accounts.ListOfUserAsync(user.PoolId, user.Sub, ct);
        return message with { Locale = accounts.Select(account => account.Locale).FirstOrDefault(locale => locale is { Length: > 0 }) };
    }
}
