using System.Data.Common;
using System.Globalization;
using Microsoft.Extensions.Options;
using Poolhouse.Core.Sealing;
using Poolhouse.Server.Options;
using Poolhouse.Storage;

namespace Poolhouse.Server.Commands.Examinations;

/// <summary>The master keys open what is stored, and signing keys are fresh.</summary>
internal sealed class KeysExamination(Database database, DoctorTarget target, MasterKeyRing ring, Sealer sealer, IOptions<ServerOptions> options) : IExamination
{
    private const int PageSize = 60;
    private const int MostPools = 600;

    // Upkeep looks every minute; a day is a long outage.
    private static readonly TimeSpan Patience = TimeSpan.FromDays(1);

    public string Part => "keys";

    public async Task<IReadOnlyList<Finding>> ExamineAsync(CancellationToken ct)
    {
        if (target.MissingFile is not null)
            return target.IsKeyMissing ? [Finding.Warning(Part, "There is no master key yet.", "Nothing in Development: the first start makes it in the data folder.")] : [Finding.Good(Part, "The master key can be read.")];
        try
        {
            var inspected = await database.InspectAsync(ct);
            if (inspected.Version == 0) return [Finding.Good(Part, "The master key can be read; nothing is sealed yet.")];
            var findings = new List<Finding>(Sealed(inspected.SealingKeys));
            if (inspected.Waiting.Count == 0) findings.AddRange(await SigningAsync(ct));
            return findings;
        }
        catch (DbException)
        {
            // The database's own finding says why.
            return [Finding.Warning(Part, "What is sealed can't be looked at while the database does not answer.", "See database.")];
        }
    }

    private IEnumerable<Finding> Sealed(IReadOnlyList<(string Table, byte[] KeyId)> keys)
    {
        var missing = keys.Where(key => ring.IsCurrent(key.KeyId) is null).ToList();
        if (missing.Count > 0)
        {
            yield return Finding.Out(
                Part,
                $"What is in {Tables(missing)} was sealed under a master key that is not configured ({string.Join(", ", missing.Select(key => Convert.ToHexStringLower(key.KeyId)).Distinct(StringComparer.Ordinal))}).",
                "Put that key into MasterKey too, after a comma; without it these values are lost.");
            yield break;
        }

        var older = keys.Where(key => ring.IsCurrent(key.KeyId) is false).ToList();
        yield return older.Count == 0
            ? Finding.Good(Part, "The current master key opens all that was looked at.")
            : Finding.Good(Part, $"The master keys open all that was looked at; {Tables(older)} still need the older one.");
    }

    private async Task<IReadOnlyList<Finding>> SigningAsync(CancellationToken ct)
    {
        var now = target.Now;
        var (pools, shut, old) = (0, 0, 0);
        string? after = null;
        do
        {
            var from = after;
            var page = await database.ReadAsync(stores => stores.Pools.ListAsync(PageSize, from, ct), ct);
            foreach (var pool in page.Items)
            {
                pools++;
                var keys = await database.ReadAsync(stores => stores.SigningKeys.ListAsync(pool.Id, ct), ct);
                // A pool gets its keys when they are first needed.
                if (keys.Count > 0 && options.Value.SigningKeyDays > 0 && keys.Max(key => key.SignsFrom) + TimeSpan.FromDays(options.Value.SigningKeyDays) + Patience < now) old++;
                if (keys.Any(key => !sealer.TryOpen(key.SealedPrivateKey, SealPurpose.SigningKey, SealContext.Of(key.Kid), out _))) shut++;
            }

            after = page.Next;
        }
        while (after is not null && pools < MostPools);

        var findings = new List<Finding>();
        if (shut > 0) findings.Add(Finding.Out(Part, Pools(shut, pools) + " signing keys that the master keys don't open.", "Put the master key that sealed them into MasterKey, after a comma."));
        if (old > 0) findings.Add(Finding.Warning(Part, Pools(old, pools) + $" signing keys older than {options.Value.SigningKeyDays} days.", "Look whether a node runs: it replaces them by itself, ten pools a minute."));
        if (await IsForeignAsync(ct)) findings.Add(Finding.Out(Part, "The database was written under another master key.", "Start with that key; to change it, put the new one first and keep the old one after a comma."));
        if (findings.Count == 0) findings.Add(Finding.Good(Part, string.Create(CultureInfo.InvariantCulture, $"The signing keys of {pools} user pools open and are fresh.")));
        return findings;
    }

    private async ValueTask<bool> IsForeignAsync(CancellationToken ct) =>
        await database.ReadAsync(stores => stores.Settings.FindAsync(SyntheticKey.Key, ct), ct) is { } stored
        && !sealer.TryOpen(Convert.FromBase64String(stored), SealPurpose.SyntheticUser, SealContext.Of(SyntheticKey.Key), out _);

    private static string Tables(IEnumerable<(string Table, byte[] KeyId)> keys) => string.Join(", ", keys.Select(key => key.Table).Distinct(StringComparer.Ordinal));

    private static string Pools(int count, int all) => string.Create(CultureInfo.InvariantCulture, $"{count} of {all} user pools have");
}
