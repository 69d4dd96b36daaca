namespace Poolhouse.AspNetCore;

/// <summary>Ids of this package's log messages; none is used twice.</summary>
internal static class EventIds
{
    public const int KeysNotFetched = 1;

    public const int KeysFetched = 2;

    public const int PoolUnavailable = 3;

    public const int PoolAvailable = 4;

    public const int TokenNotCheckable = 5;

    public const int SessionsUnavailable = 6;

    public const int SessionsAvailable = 7;
}
