using System.Globalization;
using Poolhouse.Core.Sessions;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Sessions;

/// <summary>Sessions between Core and the wire. The service's model has no constraints for them; those of its documentation are kept here.</summary>
internal static class SessionMapping
{
    /// <summary>The most sessions of a page. A user has at most 100, so a page always holds them all.</summary>
    public const int PageSize = 125;

    private const int MostSessionsPerUser = 100;

    // API_ClientSSOSessionConfigType.MaxValidityMinutes.
    private const int DefaultSsoMinutes = 60;
    private const int MostSsoMinutes = 129_600;

    /// <summary>API_SessionDescriptionType. City and country are omitted: nothing here knows where an address is.</summary>
    /// <param name="session">A family with a session id.</param>
    /// <param name="caller">The family of the calling access token; null for an administrator, of whose sessions none is current.</param>
    public static SessionDescriptionType ToWire(TokenFamily session, TokenFamily? caller) => new()
    {
        SessionId = session.SessionId,
        SessionType = "TOKEN",
        ClientId = session.ClientId.Value,
        CreateDate = session.AuthenticatedAt,
        LastActiveDate = session.LastActiveAt,
        DeviceType = session.Device is null or UserAgents.Unknown ? "unknown" : session.Device,
        LastIPAddress = session.Address,
        IsCurrentSession = session.Id == caller?.Id,
    };

    /// <summary>What a pool's users may have.</summary>
    public static SessionTracking Read(SetUserPoolSessionConfigurationRequest request)
    {
        var tracking = request.UserSessionTracking;
        if (tracking is not ("ENABLED" or "DISABLED"))
            throw Violation(tracking!, "userSessionTracking", "Member must satisfy enum value set: [ENABLED, DISABLED]");
        return new SessionTracking
        {
            IsEnabled = tracking == "ENABLED",
            MaxPerUser = Within(request.TokenSession!.MaxPerUser, "tokenSession.maxPerUser", 1, MostSessionsPerUser),
        };
    }

    /// <summary>API_UserPoolTokenSessionConfigType.</summary>
    public static UserPoolTokenSessionConfigType Limit(SessionTracking tracking) => new() { MaxPerUser = tracking.MaxPerUser };

    /// <summary>How long a single sign-on lasts for every client: as long as by default, because there is none yet.</summary>
    public static ClientSSOSessionConfigType SingleSignOn() => new() { MaxValidityMinutes = DefaultSsoMinutes };

    /// <summary>Refuses every length of a single sign-on but the default: there are no sign-in pages that keep one.</summary>
    public static void DemandDefault(ClientSSOSessionConfigType asked)
    {
        if (Within(asked.MaxValidityMinutes, "sSOSession.maxValidityMinutes", 0, MostSsoMinutes) != DefaultSsoMinutes)
            throw CognitoException.InvalidParameter($"SSOSession.MaxValidityMinutes: SSO sessions are not supported: use {DefaultSsoMinutes}.");
    }

    /// <summary>
    /// Refuses anything but NONE (default) and LINKED. Both do the same to a session of tokens from the API: only a sign-in through
    /// pages has another session that it came through.
    /// </summary>
    public static void DemandKnown(string? associated)
    {
        if (associated is not (null or "NONE" or "LINKED"))
            throw Violation(associated, "revokeAssociatedSessions", "Member must satisfy enum value set: [NONE, LINKED]");
    }

    /// <summary>A page's token, which no list gives out, since its first page is its last.</summary>
    public static void DemandNone(string? pageToken)
    {
        if (pageToken is not null) throw CognitoException.InvalidParameter("Invalid pagination token given.");
    }

    /// <summary>Refuses where nothing is tracked. The words are this server's own.</summary>
    public static void DemandTracking(SessionTracking tracking)
    {
        if (!tracking.IsEnabled) throw CognitoException.OperationNotEnabled("Session tracking is not enabled for the user pool.");
    }

    /// <summary>The error for a session that isn't there, or ended. The words are this server's own.</summary>
    public static CognitoException NotFound() => CognitoException.ResourceNotFound("Session does not exist.");

    private static int Within(int? value, string member, int least, int most) => value switch
    {
        null => throw CognitoException.InvalidParameter($"1 validation error detected: Value at '{member}' failed to satisfy constraint: Member must not be null"),
        _ when value < least => throw Violation(Text(value.Value), member, $"Member must have value greater than or equal to {least}"),
        _ when value > most => throw Violation(Text(value.Value), member, $"Member must have value less than or equal to {most}"),
        _ => value.Value,
    };

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static CognitoException Violation(string value, string member, string constraint) =>
        CognitoException.InvalidParameter($"1 validation error detected: Value '{value}' at '{member}' failed to satisfy constraint: {constraint}");
}
