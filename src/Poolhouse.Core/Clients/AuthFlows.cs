namespace Poolhouse.Core.Clients;

/// <summary>The ways to sign in that a client may use. API_UserPoolClientType.ExplicitAuthFlows.</summary>
[Flags]
public enum AuthFlows
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>REFRESH_TOKEN_AUTH.</summary>
    Refresh = 1,

    /// <summary>USER_SRP_AUTH.</summary>
    Srp = 2,

    /// <summary>CUSTOM_AUTH.</summary>
    Custom = 4,

    /// <summary>USER_PASSWORD_AUTH.</summary>
    Password = 8,

    /// <summary>ADMIN_USER_PASSWORD_AUTH.</summary>
    AdminPassword = 16,

    /// <summary>USER_AUTH.</summary>
    Choice = 32,

    /// <summary>GetClientToken.</summary>
    ClientToken = 64,
}

/// <summary>Reads a client's flows.</summary>
public static class AuthFlowNames
{
    /// <summary>What the client may use. Never set means refresh, SRP and custom (observed); old names allow SRP and refresh as well.</summary>
    public static AuthFlows Allowed(ClientSettings settings)
    {
        if (settings.ExplicitAuthFlows is not { Count: > 0 } names) return AuthFlows.Refresh | AuthFlows.Srp | AuthFlows.Custom;
        var flows = AuthFlows.None;
        foreach (var name in names) flows |= One(name);
        return flows;
    }

    private static AuthFlows One(string name) => name switch
    {
        "ALLOW_REFRESH_TOKEN_AUTH" => AuthFlows.Refresh,
        "ALLOW_USER_SRP_AUTH" => AuthFlows.Srp,
        "ALLOW_CUSTOM_AUTH" => AuthFlows.Custom,
        "ALLOW_USER_PASSWORD_AUTH" => AuthFlows.Password,
        "ALLOW_ADMIN_USER_PASSWORD_AUTH" => AuthFlows.AdminPassword,
        "ALLOW_USER_AUTH" => AuthFlows.Choice,
        "ALLOW_CLIENT_TOKEN_AUTH" => AuthFlows.ClientToken,
        "ADMIN_NO_SRP_AUTH" => AuthFlows.AdminPassword | AuthFlows.Srp | AuthFlows.Refresh,
        "USER_PASSWORD_AUTH" => AuthFlows.Password | AuthFlows.Srp | AuthFlows.Refresh,
        "CUSTOM_AUTH_FLOW_ONLY" => AuthFlows.Custom | AuthFlows.Refresh,
        _ => AuthFlows.None,
    };
}
