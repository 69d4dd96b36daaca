using System.Text;

namespace Poolhouse.Core.Accounts.Protection;

/// <summary>A question and the hash of its answer.</summary>
/// <param name="Question">One of <see cref="SecurityQuestions.All"/>.</param>
/// <param name="Hash">As <c>PasswordHasher</c> makes it.</param>
public sealed record SecurityAnswer(string Question, string Hash);

/// <summary>
/// Questions whose answers a person gives beforehand. They are no way in, for answers are guessed and found out (OWASP, "Choosing and Using Security
/// Questions"): they are one more proof, beside a sign-in, where a security matrix asks for it.
/// </summary>
public static class SecurityQuestions
{
    /// <summary>Answers that a person gives.</summary>
    public const int Count = 3;

    /// <summary>Shortest answer, in letters.</summary>
    public const int ShortestAnswer = 3;

    /// <summary>Longest answer.</summary>
    public const int LongestAnswer = 100;

    /// <summary>Codes of the questions, sorted; their texts are the slice's. None asks for what is public or in a profile.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "childhood_friend", "first_concert", "first_employer", "first_teacher", "memorable_holiday", "parents_met", "wedding_reception", "worst_job",
    ];

    /// <summary>
    /// An answer as it is hashed and compared: letters and digits only, in lower case, of compatibility form. How a person writes spaces,
    /// capitals and points is forgotten by the next time.
    /// </summary>
    public static string Normalize(string answer)
    {
        if (answer.Any(char.IsSurrogate) && !IsWellFormed(answer)) return "";
        var plain = answer.Normalize(NormalizationForm.FormKC);
        return string.Concat(plain.Where(char.IsLetterOrDigit)).ToLowerInvariant();
    }

    private static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) return false;
            i++;
        }

        return true;
    }
}
