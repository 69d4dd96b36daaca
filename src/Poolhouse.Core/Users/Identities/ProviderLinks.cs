using Poolhouse.Core.Documents;
using Poolhouse.Core.Events;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;

namespace Poolhouse.Core.Users.Identities;

/// <summary>
/// Links accounts at identity providers to users and takes them apart. That an identity is one user's is the database's promise, like
/// an alias's. Only administrators link: an address that a provider tells proves nothing about a user of the same address.
/// </summary>
public sealed class ProviderLinks(IDatabase database, UserChanges changes, IRandom random)
{
    /// <summary>Quota of Cognito: linked identities of a user.</summary>
    public const int MostIdentities = 5;

    /// <summary>Links an identity of a provider to a user.</summary>
    /// <param name="pool">The user's pool.</param>
    /// <param name="user">Who is to be signed in by it.</param>
    /// <param name="provider">A provider of the pool.</param>
    /// <param name="attribute">The provider's claim, or null for its own id of the person.</param>
    /// <param name="value">The claim's value.</param>
    /// <param name="now">When.</param>
    /// <param name="ct">Cancellation.</param>
    public async ValueTask<Refusal?> LinkAsync(
        UserPool pool, User user, string provider, string? attribute, string value, DateTimeOffset now, CancellationToken ct)
    {
        var changed = await changes.ChangeAsync(
            pool,
            user.Sub,
            async (unit, fresh) =>
            {
                if (await unit.Documents.FindAsync(pool.Id, DocumentKind.IdentityProvider, provider, ct) is not { } document)
                    return new Refusal.ProviderUnknown(provider);
                var alias = LinkedIdentity.AliasAttributeOf(provider, attribute);
                if (await unit.Users.FindAliasHolderAsync(pool.Id, alias, value, ct) is { } holder)
                    return new Refusal.IdentityLinked(IsToOther: holder != fresh.Sub);
                var present = LinkedIdentity.Of(fresh);
                if (present.Count >= MostIdentities) return new Refusal.TooManyIdentities();
                var type = DocumentTypes.IdentityProvider.Read(document).Type;
                var identity = new LinkedIdentity(value, provider, type, Issuer: null, Primary: false, now.ToUnixTimeMilliseconds(), attribute);
                await unit.Events.AddAsync(UserEvent.Of(fresh, UserEventKind.AttributesChanged, null, now, random), ct);
                return With(fresh, [.. present, identity]);
            },
            now,
            takesAliases: false,
            ct);
        // Whoever was first between the look and the write is told alike.
        return changed.Refusal is Refusal.AliasTaken ? new Refusal.IdentityLinked(IsToOther: true) : changed.Refusal;
    }

    /// <summary>Takes an identity away from whoever has it.</summary>
    public async ValueTask<Refusal?> UnlinkAsync(UserPool pool, string provider, string? attribute, string value, DateTimeOffset now, CancellationToken ct)
    {
        var alias = LinkedIdentity.AliasAttributeOf(provider, attribute);
        if (await database.ReadAsync(stores => stores.Users.FindAliasHolderAsync(pool.Id, alias, value, ct), ct) is not { } holder)
            return new Refusal.UserNotFound();
        var changed = await changes.ChangeAsync(
            pool,
            holder,
            async (unit, fresh) =>
            {
                var left = LinkedIdentity.Of(fresh).Where(i => i.AliasAttribute != alias || i.UserId != value).ToList();
                await unit.Events.AddAsync(UserEvent.Of(fresh, UserEventKind.AttributesChanged, null, now, random), ct);
                return With(fresh, left);
            },
            now,
            takesAliases: false,
            ct);
        return changed.Refusal;
    }

    /// <summary>Takes a user's password away: who has no other way in can't sign in until a password is set again.</summary>
    public async ValueTask<Refusal?> DisablePasswordAsync(UserPool pool, User user, DateTimeOffset now, CancellationToken ct)
    {
        var changed = await changes.ChangeAsync(
            pool,
            user.Sub,
            async (unit, fresh) =>
            {
                await unit.Events.AddAsync(UserEvent.Of(fresh, UserEventKind.PasswordChanged, null, now, random), ct);
                return fresh with { Password = null };
            },
            now,
            takesAliases: false,
            ct);
        return changed.Refusal;
    }

    private static User With(User user, IReadOnlyList<LinkedIdentity> identities)
    {
        var attributes = new Dictionary<string, string>(user.Attributes, StringComparer.Ordinal);
        if (LinkedIdentity.Write(identities) is { } text) attributes[LinkedIdentity.Attribute] = text;
        else attributes.Remove(LinkedIdentity.Attribute);
        return user with { Attributes = attributes };
    }
}
