using System.Text;
using MlOpsBuild.Components.Ci;
using MlOpsBuild.Components.Session;
using MlOpsBuild.Core;
using MlOpsBuild.Core.Files;
using MlOpsBuild.Store.Content;

namespace MlOpsBuild.Components.Flow;

/// <summary>Build class → files of build servers.</summary>
internal static class CiFlow
{
    // Files of ours that the build class no longer asks for would go on running.
    private static async Task<IReadOnlyList<string>> LeftoversAsync(
        string root, IReadOnlyList<CiFile> files, CiPlan plan, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(root, ".github", "workflows");
        var present = (Directory.Exists(folder) ? Directory.GetFiles(folder, "*.yml") : [])
            .Concat(CiFile.Places.Select(path => Path.Combine(root, path)))
            .Where(File.Exists)
            .Select(path => SlashPath.From(root, path)).Except(files.Select(file => file.Path)).Order(StringComparer.Ordinal);
        var ours = new List<string>();
        foreach (var path in present)
        {
            if ((await File.ReadAllTextAsync(Path.Combine(root, path), cancellationToken))
                .ReplaceLineEndings("\n")
                .StartsWith(CiFile.Head(plan, path), StringComparison.Ordinal))
            {
                ours.Add(path);
            }
        }

        return ours;
    }

    public static async Task GenerateAsync(RunSession session, object build, bool checks, CancellationToken cancellationToken)
    {
        var stale = new List<Finding>();
        var plan = CiPlan.Of(build) with { PinsSdk = File.Exists(Path.Combine(session.Root, "global.json")), Command = session.Command };
        var files = CiFile.Of(plan).ToList();
        foreach (var file in files)
        {
            var path = Path.Combine(session.Root, file.Path);
            var differences = file.DifferencesTo(File.Exists(path) ? await File.ReadAllTextAsync(path, cancellationToken) : "");
            if (differences.Count == 0)
            {
                session.Output.Line($"{file.Path}: up to date");
            }
            else if (checks)
            {
                session.Output.Line($"{file.Path}:");
                foreach (var line in differences)
                {
                    session.Output.Line(line);
                }

                stale.Add(new(
                    "MLB7023", "Out of date", file.Path, $"{differences.Count} lines differ", "what GenerateCi writes",
                    "run ./build.sh GenerateCi and commit the file"));
            }
            else
            {
                await AtomicFile.WriteAsync(path, Encoding.UTF8.GetBytes(file.Text), cancellationToken);
                session.Output.Good($"{file.Path}: written");
            }
        }

        foreach (var path in await LeftoversAsync(session.Root, files, plan, cancellationToken))
        {
            if (checks)
            {
                stale.Add(new(
                    "MLB7024", "No longer asked for", path, null, "no such file", "run ./build.sh GenerateCi and commit that it is gone"));
            }
            else
            {
                File.Delete(Path.Combine(session.Root, path));
                session.Output.Good($"{path}: deleted, as nothing asks for it any more");
            }
        }

        if (stale.Count > 0)
        {
            throw new StageFailedException("Files of build servers are out of date", stale, Verdict.Failed);
        }
    }
}
