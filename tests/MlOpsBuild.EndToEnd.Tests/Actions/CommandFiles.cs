using MlOpsBuild.TestKit;

namespace MlOpsBuild.EndToEnd.Tests.Actions;

/// <summary>The files through which a command talks to its runner.</summary>
internal sealed class CommandFiles
{
    private static readonly string[] Names = ["GITHUB_OUTPUT", "GITHUB_ENV", "GITHUB_PATH", "GITHUB_STATE", "GITHUB_STEP_SUMMARY"];
    private readonly Dictionary<string, string> _paths;

    public CommandFiles(TemporaryFolder folder, int step)
    {
        _paths = Names.ToDictionary(name => name, name => folder[$"{name.ToLowerInvariant()}-{step}"]);
        foreach (var path in _paths.Values)
        {
            File.WriteAllText(path, "");
        }
    }

    public void AddTo(Dictionary<string, string> variables)
    {
        foreach (var (name, path) in _paths)
        {
            variables[name] = path;
        }
    }

    public IEnumerable<(string Name, string Value)> Outputs() => Pairs("GITHUB_OUTPUT");

    public IEnumerable<(string Name, string Value)> Environment() => Pairs("GITHUB_ENV");

    public string Summary() => File.ReadAllText(_paths["GITHUB_STEP_SUMMARY"]);

    // name=value, or name<<WORD and lines up to WORD.
    private List<(string Name, string Value)> Pairs(string file)
    {
        var pairs = new List<(string Name, string Value)>();
        using var lines = File.ReadLines(_paths[file]).GetEnumerator();
        while (lines.MoveNext())
        {
            var line = lines.Current;
            var (equals, arrows) = (line.IndexOf('=', StringComparison.Ordinal), line.IndexOf("<<", StringComparison.Ordinal));
            if (arrows >= 0 && (equals < 0 || arrows < equals))
            {
                var text = new List<string>();
                while (lines.MoveNext() && lines.Current != line[(arrows + 2)..])
                {
                    text.Add(lines.Current);
                }

                pairs.Add((line[..arrows], string.Join('\n', text)));
            }
            else if (equals > 0)
            {
                pairs.Add((line[..equals], line[(equals + 1)..]));
            }
            else if (line.Length > 0)
            {
                throw new FormatException($"the runner does not take '{line}' in {file}");
            }
        }

        return pairs;
    }
}
