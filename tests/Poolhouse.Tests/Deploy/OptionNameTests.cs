using System.Collections;
using System.Reflection;
using System.Text.RegularExpressions;
using Poolhouse.Server.Options;

namespace Poolhouse.Tests.Deploy;

/// <summary>A name that the server doesn't know stops its start, so none may stand in a file that somebody copies.</summary>
public sealed partial class OptionNameTests
{
    [Fact]
    public void Every_option_in_the_files_to_run_it_by_exists()
    {
        var names = DeployFiles.Paths.SelectMany(path => Name().Matches(File.ReadAllText(path)).Select(match => (Path.GetFileName(path), match.Groups["name"].Value))).Distinct().ToList();

        names.Count.ShouldBeGreaterThan(20);
        names.Where(name => !Exists(typeof(ServerOptions), name.Value.Split("__"))).ShouldBeEmpty();
    }

    [Fact]
    public void A_name_that_is_none_would_be_found()
    {
        Exists(typeof(ServerOptions), ["MASTERKEYFILES"]).ShouldBeFalse();
        Exists(typeof(ServerOptions), ["KYC", "STORES"]).ShouldBeFalse();
        Exists(typeof(ServerOptions), ["ALLOWEDORIGINS", "FIRST"]).ShouldBeFalse();
        Exists(typeof(ServerOptions), ["ALLOWEDORIGINS"]).ShouldBeFalse();
        Exists(typeof(ServerOptions), ["REGION", "0"]).ShouldBeFalse();
    }

    // As configuration is bound: members by name, entries of lists by number, of dictionaries by any name; values at the end only.
    private static bool Exists(Type type, ReadOnlySpan<string> segments)
    {
        var isText = type == typeof(string);
        var isList = !isText && (type.IsArray || (type.IsAssignableTo(typeof(IEnumerable)) && type.GetGenericArguments().Length == 1));
        if (segments.IsEmpty) return isText || (!isList && !type.IsAssignableTo(typeof(IEnumerable)) && type.Namespace?.StartsWith("Poolhouse", StringComparison.Ordinal) != true);
        if (isList) return int.TryParse(segments[0], out _) && Exists(type.GetElementType() ?? type.GetGenericArguments()[0], segments[1..]);
        if (type.IsAssignableTo(typeof(IDictionary))) return Exists(type.GetGenericArguments()[1], segments[1..]);
        if (isText || type.Namespace?.StartsWith("Poolhouse", StringComparison.Ordinal) != true) return false;
        var member = type.GetProperty(segments[0], BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase);
        return member is not null && Exists(member.PropertyType, segments[1..]);
    }

    [GeneratedRegex("POOLHOUSE__(?<name>[A-Za-z0-9_]+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Name();
}
