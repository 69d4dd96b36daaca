namespace Poolhouse.Core.Clients;

/// <summary>How long a client's tokens live.</summary>
public static class Validity
{
    /// <summary>Access token: default 1 hour.</summary>
    public static TimeSpan AccessToken(ClientSettings settings) => Span(settings.AccessTokenValidity, settings.Units.AccessToken ?? "hours", TimeSpan.FromHours(1));

    /// <summary>ID token: default 1 hour.</summary>
    public static TimeSpan IdToken(ClientSettings settings) => Span(settings.IdTokenValidity, settings.Units.IdToken ?? "hours", TimeSpan.FromHours(1));

    /// <summary>Refresh token: default 30 days.</summary>
    public static TimeSpan RefreshToken(ClientSettings settings) => Span(settings.RefreshTokenValidity, settings.Units.RefreshToken ?? "days", TimeSpan.FromDays(30));

    private static TimeSpan Span(int? value, string unit, TimeSpan ifUnset) => value is null or 0
        ? ifUnset
        : unit switch
        {
            "seconds" => TimeSpan.FromSeconds(value.Value),
            "minutes" => TimeSpan.FromMinutes(value.Value),
            "hours" => TimeSpan.FromHours(value.Value),
            _ => TimeSpan.FromDays(value.Value),
        };
}
