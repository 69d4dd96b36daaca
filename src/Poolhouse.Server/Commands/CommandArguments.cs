namespace Poolhouse.Server.Commands;

/// <summary>The arguments of a sub-command: its own are taken out, what is left are the server's options.</summary>
/// <param name="arguments">Without the sub-command's name.</param>
internal sealed class CommandArguments(IEnumerable<string> arguments)
{
    private readonly List<string> _left = [.. arguments];

    /// <summary>What nobody has taken.</summary>
    public string[] Left => [.. _left];

    /// <summary>Whether a flag is there.</summary>
    public bool Flag(string name) => _left.RemoveAll(argument => argument == name) > 0;

    /// <summary>The value of an option, <c>--name value</c> or <c>--name=value</c>; null where it isn't there.</summary>
    /// <exception cref="StartupException">It lacks its value.</exception>
    public string? Option(string name)
    {
        var at = _left.FindIndex(argument => argument == name || argument.StartsWith(name + "=", StringComparison.Ordinal));
        if (at < 0) return null;
        var isWhole = _left[at].Length > name.Length;
        if (!isWhole && at + 1 == _left.Count) throw new StartupException($"{name} needs a value.");
        var value = isWhole ? _left[at][(name.Length + 1)..] : _left[at + 1];
        _left.RemoveRange(at, isWhole ? 1 : 2);
        return value;
    }

    /// <summary>The first argument that is neither an option nor an option's value; null where there is none. Flags must have been taken.</summary>
    public string? Positional()
    {
        for (var i = 0; i < _left.Count; i++)
        {
            if (_left[i].StartsWith("--", StringComparison.Ordinal))
            {
                // Every option of the server has a value.
                if (!_left[i].Contains('=', StringComparison.Ordinal)) i++;
                continue;
            }

            var value = _left[i];
            _left.RemoveAt(i);
            return value;
        }

        return null;
    }
}
