using Poolhouse.Core.Stores;

namespace Poolhouse.Storage.Settings;

/// <summary>Single values of the installation.</summary>
internal sealed class SettingStore(DatabaseSession session) : ISettingStore
{
    public ValueTask<string?> FindAsync(string key, CancellationToken ct) => session
        .Statement("select value from settings where key = @key")
        .Text("key", key)
        .FindAsync(static row => row.GetString(0), ct);

    public ValueTask<bool> AddAsync(string key, string value, CancellationToken ct) => session
        .Statement(
            """
            insert into settings (key, value)
            values (@key, @value)
            on conflict do nothing
            returning key
            """)
        .Text("key", key)
        .Text("value", value)
        .AnyAsync(ct);

    public async ValueTask PutAsync(string key, string value, CancellationToken ct) => await session
        .Statement(
            """
            insert into settings (key, value)
            values (@key, @value)
            on conflict (key) do update
            set value = excluded.value
            """)
        .Text("key", key)
        .Text("value", value)
        .ExecuteAsync(ct);
}
