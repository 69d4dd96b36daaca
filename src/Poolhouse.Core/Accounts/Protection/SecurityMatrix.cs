namespace Poolhouse.Core.Accounts.Protection;

/// <summary>What changes who gets in, or can't be undone.</summary>
public enum SensitiveAction
{
    /// <summary>A new password, by who knows the old one.</summary>
    ChangePassword,

    /// <summary>Other answers to security questions.</summary>
    ChangeSecurityQuestions,

    /// <summary>The end of the account.</summary>
    DeleteAccount,

    /// <summary>Everything that is stored, as one file.</summary>
    ExportData,

    /// <summary>Linking an account of another application, and undoing it.</summary>
    LinkAccount,
}

/// <summary>What a person can prove beside having a token or cookie.</summary>
public enum Proof
{
    /// <summary>They signed in at most 15 minutes ago. ASVS 5.0 §7.5.1.</summary>
    FreshSignIn,

    /// <summary>They answered their security questions at most 15 minutes ago, in this sign-in.</summary>
    SecurityQuestions,
}

/// <summary>Which proofs each sensitive action asks for.</summary>
public sealed class SecurityMatrix
{
    /// <summary>How long a proof is good.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    // The old password is a proof by itself.
    private static readonly Dictionary<SensitiveAction, IReadOnlyList<Proof>> Defaults = new()
    {
        [SensitiveAction.ChangePassword] = [],
        [SensitiveAction.ChangeSecurityQuestions] = [Proof.FreshSignIn],
        [SensitiveAction.DeleteAccount] = [Proof.FreshSignIn],
        [SensitiveAction.ExportData] = [Proof.FreshSignIn],
        [SensitiveAction.LinkAccount] = [Proof.FreshSignIn],
    };

    private readonly Dictionary<SensitiveAction, IReadOnlyList<Proof>> _rows;

    /// <param name="changes">Rows that differ from the default ones.</param>
    public SecurityMatrix(IReadOnlyDictionary<SensitiveAction, IReadOnlyList<Proof>> changes) =>
        _rows = Enum.GetValues<SensitiveAction>().ToDictionary(a => a, a => changes.TryGetValue(a, out var own) ? own : Defaults[a]);

    /// <summary>What an action asks for.</summary>
    public IReadOnlyList<Proof> this[SensitiveAction action] => _rows[action];
}
