using System.Text;

namespace Poolhouse.Messaging.Templates;

/// <summary>Fills placeholders in one pass.</summary>
internal static class Placeholders
{
    /// <summary>What Cognito's templates call the code. API_VerificationMessageTemplateType.</summary>
    public const string Code = "{####}";

    /// <summary>What Cognito's templates call the user's name. API_MessageTemplateType.</summary>
    public const string Username = "{username}";

    /// <summary>The application's title; built-in texts only.</summary>
    public const string Application = "{application}";

    /// <summary>How long the code works, in words; built-in texts only.</summary>
    public const string Lifetime = "{lifetime}";

    /// <summary>
    /// One pass from left to right, so that a placeholder inside a value stays text: a user named <c>{####}</c> must not
    /// carry somebody's code to where the name is shown.
    /// </summary>
    public static string Fill(string template, params ReadOnlySpan<(string Name, string Value)> values)
    {
        var result = new StringBuilder(template.Length);
        for (var i = 0; i < template.Length;)
        {
            var filled = false;
            if (template[i] is '{')
                foreach (var (name, value) in values)
                {
                    if (!template.AsSpan(i).StartsWith(name, StringComparison.Ordinal)) continue;
                    result.Append(value);
                    i += name.Length;
                    filled = true;
                    break;
                }
            if (!filled) result.Append(template[i++]);
        }
        return result.ToString();
    }
}
