using System.Text;
using MlOpsBuild.Components.Ci;
using MlOpsBuild.Components.Session;
using MlOpsBuild.Core;
using MlOpsBuild.Store.Content;

namespace MlOpsBuild.Components.Flow;

/// <summary>Build class → files of build servers.</summary>
internal static class CiFlow
{
    public static async Task GenerateAsync(RunSession session, object build, bool checks, CancellationToken cancellationToken)
    {
        var stale = new List<Finding>();
        foreach (var file in CiFile.Of(CiPlan.Of(build)))
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

                stale.Add(new("Out of date", file.Path, $"{differences.Count} lines differ", "what GenerateCi writes", "run ./build.sh GenerateCi and commit the file"));
            }
            else
            {
                await AtomicFile.WriteAsync(path, Encoding.UTF8.GetBytes(file.Text), cancellationToken);
                session.Output.Good($"{file.Path}: written");
            }
        }

        if (stale.Count > 0)
        {
            throw new StageFailedException("Files of build servers are out of date", stale, Verdict.Failed);
        }
    }
}
