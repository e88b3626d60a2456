using System.Globalization;
using System.Text.Json;
using MlOpsBuild.Core;
using MlOpsBuild.Store.Versions;

namespace MlOpsBuild.Store.Schema;

/// <summary>
/// Brings the first layout forward: flat folders become folders per day or prefix, and the one file of all alias moves becomes a file
/// per move. Every step is a rename, so that it may be cut short anywhere, repeated, and run by two builds at once.
/// </summary>
internal static class FirstLayout
{
    /// <summary>Whether there was anything in the first layout.</summary>
    public static bool BringForward(string folder)
    {
        var changed = Spread(Path.Combine(folder, "runs"), FactPath.DayOf)
            | Spread(Path.Combine(folder, "deployments"), FactPath.DayOf)
            | Spread(Path.Combine(folder, "stages"), name => name[..2]);
        var registry = Path.Combine(folder, "registry");
        foreach (var pipeline in Directory.Exists(registry) ? Directory.GetDirectories(registry) : [])
        {
            changed |= SplitMoves(pipeline);
        }

        return changed;
    }

    private static bool Spread(string folder, Func<string, string> shard)
    {
        var files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.json") : [];
        foreach (var file in files)
        {
            var target = Path.Combine(folder, shard(Path.GetFileName(file)), Path.GetFileName(file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            Rename(file, target);
        }

        return files.Length > 0;
    }

    private static bool SplitMoves(string pipeline)
    {
        var old = Path.Combine(pipeline, "aliases.json");
        if (!File.Exists(old))
        {
            return false;
        }

        IReadOnlyList<AliasMove> moves;
        try
        {
            moves = CanonicalJson.Deserialize<IReadOnlyList<AliasMove>>(File.ReadAllBytes(old));
        }
        catch (JsonException problem)
        {
            throw new StageFailedException(new Finding(
                "MLB4018", "A registry file is damaged", old, problem.Message, "what a build wrote",
                "restore the file from a backup; nothing was changed"));
        }
        catch (FileNotFoundException)
        {
            return true;
        }

        foreach (var alias in moves.GroupBy(move => move.Alias))
        {
            foreach (var (index, move) in alias.Index())
            {
                var path = Path.Combine(pipeline, "aliases", alias.Key, FactPath.Numbered(index + 1));
                var temporary = string.Create(CultureInfo.InvariantCulture, $"{path}.{Environment.ProcessId}-{Guid.NewGuid():N}.tmp");
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.WriteAllBytes(temporary, CanonicalJson.Serialize(move));
                File.Move(temporary, path, overwrite: true);
            }
        }

        Rename(old, old + ".before-schema-2");
        return true;
    }

    private static void Rename(string from, string to)
    {
        try
        {
            File.Move(from, to, overwrite: true);
        }
        catch (FileNotFoundException)
        {
            // Another build that opened the store at the same time was faster.
        }
    }
}
