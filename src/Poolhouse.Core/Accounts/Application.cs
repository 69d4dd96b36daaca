using Poolhouse.Core.Primitives;

namespace Poolhouse.Core.Accounts;

/// <summary>Whether something is asked for.</summary>
public enum FieldUse
{
    /// <summary>It is not taken.</summary>
    None,

    /// <summary>It may be given.</summary>
    Optional,

    /// <summary>It must be given.</summary>
    Required,
}

/// <summary>How somebody who registers proves their address.</summary>
public enum ConfirmationWay
{
    /// <summary>By a code to type.</summary>
    Code,

    /// <summary>By a link to follow.</summary>
    Link,
}

/// <summary>An application of the operator's in front of a pool, with its own rules. Several may share a pool; each then has a client of its own.</summary>
public sealed record Application
{
    /// <summary>Its name: lower case, in bodies as <c>application</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What people read.</summary>
    public required string Title { get; init; }

    /// <summary>Its pool.</summary>
    public required PoolId PoolId { get; init; }

    /// <summary>Where the pool is if Amazon runs it; null for a pool of this server.</summary>
    public AmazonPool? Amazon { get; init; }

    /// <summary>The client that the account API signs in with.</summary>
    public required ClientId ClientId { get; init; }

    /// <summary>Other clients of the pool whose tokens are this application's, such as its web client.</summary>
    public IReadOnlyList<ClientId> OtherClientIds { get; init; } = [];

    /// <summary>Whether people choose a username.</summary>
    public FieldUse Username { get; init; } = FieldUse.Optional;

    /// <summary>Whether who registers names a sponsor.</summary>
    public FieldUse SponsorCode { get; init; } = FieldUse.Optional;

    /// <summary>Whether confirmed accounts get a place in its binary tree: where sponsors are asked for.</summary>
    public bool HasTree => SponsorCode != FieldUse.None;

    /// <summary>Whether who registers needs an invitation.</summary>
    public FieldUse Invitation { get; init; } = FieldUse.Optional;

    /// <summary>Whether users may invite others; operators always may.</summary>
    public bool UsersMayInvite { get; init; }

    /// <summary>How many people a user may invite in 24 hours; operators may invite as many as they like.</summary>
    public int InvitesPerDay { get; init; } = 20;

    /// <summary>How an address is proven.</summary>
    public ConfirmationWay ConfirmBy { get; init; } = ConfirmationWay.Code;

    /// <summary>Whether registering with a known address says so (409 USER_EXISTS).</summary>
    public bool RevealsExistingAccounts { get; init; }

    /// <summary>Least length of passwords where the application wants more than its pool; null leaves it to the pool.</summary>
    public int? PasswordLength { get; init; }

    /// <summary>Whether passwords that were published are refused; else they are only told of.</summary>
    public bool RefusesBreachedPasswords { get; init; }

    /// <summary>Whether sign-ins say that security questions are wanted until they are answered.</summary>
    public bool RequiresSecurityQuestions { get; init; }

    /// <summary>Whom people ask for help: an address or URL, shown where they can't go on; null where there is none.</summary>
    public string? SupportContact { get; init; }

    /// <summary>Whether tokens of a client are this application's.</summary>
    public bool Owns(PoolId pool, ClientId client) => pool == PoolId && (client == ClientId || OtherClientIds.Contains(client));
}
