using Microsoft.Extensions.Options;
using Poolhouse.Core.Accounts;
using Poolhouse.Core.Primitives;
using Poolhouse.Server.Options;

namespace Poolhouse.Server.Account;

/// <summary>The applications there are: the operator's, or the two of the first start.</summary>
internal sealed class Applications
{
    private readonly List<Application> _all;

    public Applications(IOptions<ServerOptions> options, Bootstrap bootstrap)
    {
        _all = options.Value.Applications.Count > 0
            ? [.. options.Value.Applications.Select(entry => Of(entry.Key, entry.Value))]
            : [.. bootstrap.Applications];
        Default = options.Value.DefaultApplication is { } name ? Find(name)! : _all[0];
    }

    /// <summary>The one that is meant where none is named.</summary>
    public Application Default { get; }

    /// <summary>All of them.</summary>
    public IReadOnlyList<Application> All => _all;

    /// <summary>By its name; null where there is none.</summary>
    public Application? Find(string name) => _all.Find(a => a.Name == name);

    /// <summary>The one that a message names; the default one where it names none.</summary>
    /// <param name="name">The message's <c>application</c>.</param>
    /// <param name="errors">Gets the field if there is none of that name.</param>
    public Application Named(string? name, FieldErrors errors)
    {
        if (name is null) return Default;
        if (Find(name) is { } found) return found;
        errors.Add("application", "UNKNOWN");
        return Default;
    }

    /// <summary>
    /// Whose tokens of a client are. A client that no application names belongs to the only application of its pool, and to none where several
    /// share the pool: nothing says which.
    /// </summary>
    public Application? Find(PoolId pool, ClientId client)
    {
        if (_all.Find(a => a.Owns(pool, client)) is { } named) return named;
        var ofPool = _all.FindAll(a => a.PoolId == pool);
        return ofPool.Count == 1 ? ofPool[0] : null;
    }

    private static Application Of(string name, ApplicationOptions options) => new()
    {
        Name = name.ToLowerInvariant(),
        Title = options.Title ?? name,
        PoolId = new PoolId(options.UserPoolId!),
        Amazon = AmazonOptions.PoolOf(options),
        ClientId = new ClientId(options.ClientId!),
        OtherClientIds = [.. options.OtherClientIds.Select(id => new ClientId(id))],
        Username = options.Username,
        SponsorCode = options.SponsorCode,
        Invitation = options.Invitation,
        UsersMayInvite = options.UsersMayInvite,
        InvitesPerDay = options.InvitesPerDay,
        ConfirmBy = options.ConfirmBy,
        RevealsExistingAccounts = options.RevealExistingAccounts,
        PasswordLength = options.PasswordLength,
        RefusesBreachedPasswords = options.RefuseBreachedPasswords,
        RequiresSecurityQuestions = options.RequireSecurityQuestions,
        SupportContact = options.SupportContact,
    };
}
