using Poolhouse.Core.Primitives;
using Poolhouse.Core.Users;

namespace Poolhouse.Core.Events;

/// <summary>Something that happened to an account; kept as its history.</summary>
public sealed record UserEvent
{
    /// <summary>A UUID.</summary>
    public required string Id { get; init; }

    /// <summary>The pool.</summary>
    public required PoolId PoolId { get; init; }

    /// <summary>Whose account.</summary>
    public required Sub Sub { get; init; }

    /// <summary>What happened.</summary>
    public required UserEventKind Kind { get; init; }

    /// <summary>The client through which it happened; null when an administrator caused it.</summary>
    public ClientId? ClientId { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The address that a sign-in came from; null where none is known, and for other events.</summary>
    public string? Address { get; init; }

    /// <summary>The browser and system that a sign-in came from, in words; null where none is known, and for other events.</summary>
    public string? Device { get; init; }

    /// <summary>An event of a user's account, under an id of its own; <paramref name="client"/> null where an administrator caused it.</summary>
    public static UserEvent Of(User user, UserEventKind kind, ClientId? client, DateTimeOffset now, IRandom random) =>
        new() { Id = random.UuidText(), PoolId = user.PoolId, Sub = user.Sub, Kind = kind, ClientId = client, At = now };
}

/// <summary>Kinds of events; stored by name in snake_case.</summary>
public enum UserEventKind
{
    /// <summary>The account was made.</summary>
    SignedUp,

    /// <summary>The sign-up was confirmed.</summary>
    Confirmed,

    /// <summary>A sign-in succeeded.</summary>
    SignedIn,

    /// <summary>The password was changed by who knew it.</summary>
    PasswordChanged,

    /// <summary>The password was reset with a code or by an administrator.</summary>
    PasswordReset,

    /// <summary>Every session was ended.</summary>
    SignedOutEverywhere,

    /// <summary>Attributes were changed.</summary>
    AttributesChanged,

    /// <summary>The account was disabled.</summary>
    Disabled,

    /// <summary>The account was enabled again.</summary>
    Enabled,
}

/// <summary>An entry of the public home feed.</summary>
/// <param name="Id">A UUID.</param>
/// <param name="Title">At most 140 characters.</param>
/// <param name="Body">At most 2,000 characters, plain text.</param>
/// <param name="At">When it was published.</param>
public sealed record Announcement(string Id, string Title, string Body, DateTimeOffset At);
