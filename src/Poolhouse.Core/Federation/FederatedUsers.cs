using Poolhouse.Core.Documents;
using Poolhouse.Core.Events;
using Poolhouse.Core.Groups;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.SignIn;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Triggers;
using Poolhouse.Core.Users;
using Poolhouse.Core.Users.Attributes;
using Poolhouse.Core.Users.Identities;

namespace Poolhouse.Core.Federation;

/// <summary>
/// The pool's user for a person whom an identity provider has proved: the one that an administrator linked, the one of an earlier sign-in, or a
/// new one. Nobody is ever found by an address that the provider told, unless an administrator linked just that (user guide, "Linking federated
/// users to an existing user profile").
/// </summary>
public sealed class FederatedUsers(IDatabase database, UserChanges changes, UserTriggers userTriggers, FederationTriggers federationTriggers, IRandom random)
{
    // In the place of an attribute in a mapping, the user's own name.
    private const string Username = "username";

    /// <summary>The user, made or brought up to date.</summary>
    /// <param name="pool">The pool.</param>
    /// <param name="document">The provider's configuration.</param>
    /// <param name="answer">What it said.</param>
    /// <param name="origin">What the pool's functions hear of the call.</param>
    /// <param name="now">When.</param>
    /// <param name="ct">Cancellation.</param>
    public async ValueTask<Outcome<User>> MeetAsync(
        UserPool pool, Document document, ProviderAnswer answer, TriggerOrigin origin, DateTimeOffset now, CancellationToken ct)
    {
        var provider = DocumentTypes.IdentityProvider.Read(document);
        var name = pool.Normalize($"{document.Key}_{answer.Subject}");
        var asked = await federationTriggers.AskAsync(pool, document.Key, provider.Type, name, answer, origin, ct);
        if (asked.Refusal is { } objection) return objection;
        var mapped = Mapped(provider, asked.Value);
        if (await FindAsync(pool, document.Key, answer, ct) is { } known)
        {
            if (Completion.WhyNot(known, now) is { } whyNot) return whyNot;
            return await UpdateAsync(pool, known, mapped, now, ct);
        }

        var made = await CreateAsync(pool, document.Key, provider, name, answer, mapped, origin, now, ct);
        // Another sign-in of the same person was faster.
        if (made.Refusal is Refusal.UsernameTaken or Refusal.AliasTaken && await FindAsync(pool, document.Key, answer, ct) is { } present) return present;
        return made;
    }

    private async ValueTask<User?> FindAsync(UserPool pool, string provider, ProviderAnswer answer, CancellationToken ct) => await database.ReadAsync(
        async stores =>
        {
            foreach (var (attribute, value) in Identities(answer))
            {
                if (await stores.Users.FindAliasHolderAsync(pool.Id, LinkedIdentity.AliasAttributeOf(provider, attribute), value, ct) is { } holder)
                    return await stores.Users.FindAsync(pool.Id, holder, ct);
            }

            return null;
        },
        ct);

    // The provider's id of the person first. What the function made of the claims counts for attributes, not for who somebody is.
    private static IEnumerable<(string? Attribute, string Value)> Identities(ProviderAnswer answer)
    {
        yield return (null, answer.Subject);
        var claims = answer.Claims();
        foreach (var (claim, value) in claims)
        {
            // An address that the provider itself doesn't vouch for is anybody's.
            var isUnproven = claim is "email" or "phone_number" && claims.GetValueOrDefault(claim + "_verified") == "false";
            if (!isUnproven && value.Length is > 0 and <= 255) yield return (claim, value);
        }
    }

    private static Dictionary<string, string> Mapped(IdentityProvider provider, IReadOnlyDictionary<string, string> claims)
    {
        var attributes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (attribute, claim) in provider.AttributeMapping)
            if (attribute is not (Username or "sub" or LinkedIdentity.Attribute) && claims.GetValueOrDefault(claim) is { Length: > 0 } value) attributes[attribute] = value;
        return attributes;
    }

    private async ValueTask<Outcome<User>> UpdateAsync(UserPool pool, User user, Dictionary<string, string> mapped, DateTimeOffset now, CancellationToken ct)
    {
        var changed = Changed(user, mapped);
        if (changed.Count == 0) return user;
        if (AttributeRules.Check(pool, client: null, user, changed) is { } problem) return new Refusal.Attributes(problem);
        return await changes.ChangeAsync(
            pool,
            user.Sub,
            (_, fresh) => ValueTask.FromResult<Outcome<User>>(fresh with { Attributes = AttributeRules.Apply(fresh.Attributes, Changed(fresh, mapped)) }),
            now,
            takesAliases: false,
            ct);
    }

    private static Dictionary<string, string> Changed(User user, Dictionary<string, string> mapped) =>
        mapped.Where(a => user[a.Key] != a.Value).ToDictionary(a => a.Key, a => a.Value, StringComparer.Ordinal);

    private async ValueTask<Outcome<User>> CreateAsync(
        UserPool pool, string key, IdentityProvider provider, string name, ProviderAnswer answer, Dictionary<string, string> mapped, TriggerOrigin origin, DateTimeOffset now, CancellationToken ct)
    {
        if (AttributeRules.Check(pool, client: null, current: null, mapped) is { } problem) return new Refusal.Attributes(problem);
        // Whether the function wants the user confirmed or verified is not asked of it here: the provider has said both.
        var asked = await userTriggers.PreSignUpAsync(pool, name, mapped, "ExternalProvider", origin, ct);
        if (asked.Refusal is { } objection) return objection;
        var identity = new LinkedIdentity(
            answer.Subject, key, provider.Type, answer.Issuer, Primary: true, now.ToUnixTimeMilliseconds(), AttributeName: null);
        var user = new User
        {
            PoolId = pool.Id,
            Sub = new Sub(random.UuidText()),
            Username = name,
            Status = UserStatus.ExternalProvider,
            Attributes = new Dictionary<string, string>(AttributeRules.Given(mapped), StringComparer.Ordinal) { [LinkedIdentity.Attribute] = LinkedIdentity.Write([identity])! },
            CreatedAt = now,
            ModifiedAt = now,
        };
        var made = await changes.CreateAsync(
            pool,
            user,
            async unit =>
            {
                await unit.Events.AddAsync(UserEvent.Of(user, UserEventKind.SignedUp, client: null, now, random), ct);
                await JoinAsync(unit, user, key, now, ct);
            },
            takesAliases: false,
            ct);
        if (made.Refusal is null && await userTriggers.PostConfirmationAsync(pool, user, "ConfirmSignUp", origin, ct) is { } refusal) return refusal;
        return made;
    }

    // Observed: users of a provider are in a group that bears the names of both.
    private static async ValueTask JoinAsync(IUnitOfWork unit, User user, string provider, DateTimeOffset now, CancellationToken ct)
    {
        var group = new Group
        {
            PoolId = user.PoolId,
            Name = $"{user.PoolId}_{provider}",
            Description = $"Autogenerated group for users who sign in using {provider}",
            CreatedAt = now,
            ModifiedAt = now,
        };
        await unit.Groups.CreateAsync(group, ct);
        await unit.Groups.AddMemberAsync(user.PoolId, group.Name, user.Sub, ct);
    }
}
