using System.Text.Json.Serialization;

namespace Poolhouse.Server.Commands.Examinations;

/// <summary>Looks at one part of an installation, deeper than a probe may. It changes nothing that stays.</summary>
internal interface IExamination
{
    /// <summary>The part, in lower case; takes the place of the engine check of that name.</summary>
    string Part { get; }

    /// <summary>Looks. What it throws counts as not answering, and so does what takes longer than <see cref="DoctorCommand.Patience"/>.</summary>
    Task<IReadOnlyList<Finding>> ExamineAsync(CancellationToken ct);
}

/// <summary>How a finding is meant.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FindingLevel>))]
internal enum FindingLevel
{
    /// <summary>As it should be.</summary>
    [JsonStringEnumMemberName("good")]
    Good,

    /// <summary>It works, and somebody should look.</summary>
    [JsonStringEnumMemberName("warning")]
    Warning,

    /// <summary>It does not work.</summary>
    [JsonStringEnumMemberName("out")]
    Out,
}

/// <summary>What was found. No text has a password, a key, or anything of a user.</summary>
/// <param name="Part">The part.</param>
/// <param name="Level">How it is meant.</param>
/// <param name="Text">One sentence: what was found.</param>
/// <param name="Remedy">One sentence: what to do; null where there is nothing to.</param>
internal sealed record Finding(string Part, FindingLevel Level, string Text, string? Remedy)
{
    public static Finding Good(string part, string text) => new(part, FindingLevel.Good, text, null);

    public static Finding Warning(string part, string text, string remedy) => new(part, FindingLevel.Warning, text, remedy);

    public static Finding Out(string part, string text, string remedy) => new(part, FindingLevel.Out, text, remedy);
}

/// <summary>What <c>doctor --json</c> prints.</summary>
/// <param name="Status">The worst of the findings.</param>
/// <param name="Findings">All of them.</param>
internal sealed record DoctorResult(FindingLevel Status, IReadOnlyList<Finding> Findings);

/// <summary>Its JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(DoctorResult))]
internal sealed partial class DoctorJson : JsonSerializerContext;
