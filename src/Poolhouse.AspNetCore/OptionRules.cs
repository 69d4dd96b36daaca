using System.Globalization;

namespace Poolhouse.AspNetCore;

/// <summary>What settings of both schemes have in common.</summary>
internal static class OptionRules
{
    /// <exception cref="InvalidOperationException">It is no http address, or not a safe one.</exception>
    public static void CheckAddress(string name, Uri address, bool requireHttps)
    {
        if (!address.IsAbsoluteUri || (address.Scheme != Uri.UriSchemeHttps && address.Scheme != Uri.UriSchemeHttp) || address.UserInfo.Length > 0)
            throw new InvalidOperationException($"{name} has to be an absolute http or https address without user information.");
        if (requireHttps && address.Scheme == Uri.UriSchemeHttp && !address.IsLoopback)
            throw new InvalidOperationException($"{name} has to be https. Where the network between is safe, set RequireHttps to false.");
    }

    /// <exception cref="InvalidOperationException">It is out of range.</exception>
    public static void CheckTime(string name, TimeSpan value, TimeSpan least, TimeSpan most)
    {
        if (value < least || value > most)
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{name} has to be between {least:c} and {most:c}."));
    }

    /// <exception cref="InvalidOperationException">It is out of range.</exception>
    public static void CheckCacheSize(int value)
    {
        if (value is < 2 or > 10_000_000) throw new InvalidOperationException("CacheSize has to be between 2 and 10,000,000.");
    }
}
