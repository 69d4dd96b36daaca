namespace Poolhouse.Core.Clients;

/// <summary>How long a client's tokens live.</summary>
public static class Validity
{
    private const long DefaultShort = 3_600;
    private const long ShortestShort = 300;
    private const long LongestShort = 86_400;
    private const long DefaultRefresh = 30 * 86_400;
    private const long ShortestRefresh = 3_600;
    private const long LongestRefresh = 3_650L * 86_400;

    /// <summary>Access token: default 1 hour.</summary>
    public static TimeSpan AccessToken(ClientSettings settings) => Span(settings.AccessTokenValidity, settings.Units.AccessToken ?? "hours", TimeSpan.FromHours(1));

    /// <summary>ID token: default 1 hour.</summary>
    public static TimeSpan IdToken(ClientSettings settings) => Span(settings.IdTokenValidity, settings.Units.IdToken ?? "hours", TimeSpan.FromHours(1));

    /// <summary>Refresh token: default 30 days.</summary>
    public static TimeSpan RefreshToken(ClientSettings settings) => Span(settings.RefreshTokenValidity, settings.Units.RefreshToken ?? "days", TimeSpan.FromDays(30));

    /// <summary>
    /// Whether every validity is within bounds: access and ID token 5 minutes to 1 day, refresh token 1 hour to 10 years and not
    /// shorter than the others (API_CreateUserPoolClient; user guide, "App client settings"). What is out of them may not even fit
    /// the functions above.
    /// </summary>
    public static bool IsInRange(ClientSettings settings)
    {
        var access = Seconds(settings.AccessTokenValidity, settings.Units.AccessToken ?? "hours") ?? DefaultShort;
        var id = Seconds(settings.IdTokenValidity, settings.Units.IdToken ?? "hours") ?? DefaultShort;
        var refresh = Seconds(settings.RefreshTokenValidity, settings.Units.RefreshToken ?? "days") ?? DefaultRefresh;
        return access is >= ShortestShort and <= LongestShort
            && id is >= ShortestShort and <= LongestShort
            && refresh is >= ShortestRefresh and <= LongestRefresh
            && refresh >= access
            && refresh >= id;
    }

    private static TimeSpan Span(int? value, string unit, TimeSpan ifUnset) =>
        Seconds(value, unit) is { } seconds ? TimeSpan.FromSeconds(seconds) : ifUnset;

    private static long? Seconds(int? value, string unit) => value is null or 0
        ? null
        : value * unit switch
        {
            "seconds" => 1L,
            "minutes" => 60L,
            "hours" => 3_600L,
            _ => 86_400L,
        };
}
