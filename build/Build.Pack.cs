using System.Text.Json;
using MlOpsBuild.Components;
using MlOpsBuild.Components.Session;
using MlOpsBuild.Core;

/// <summary>The target that makes the packages others use.</summary>
sealed partial class Build
{
    Target Pack => _ => _
        .Description("Writes the NuGet packages and the template into .nuke/temp/packages")
        .After(PublishServer)
        .Produces(".nuke/temp/packages/*.nupkg")
        .Executes(this, async (session, ct) =>
        {
            var folder = Path.Combine(session.Root, ".nuke", "temp", "packages");
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }

            var version = await PackageVersion.OfAsync(session, ct);
            var origin = await PackageOrigin.OfAsync(session, ct);
            var native = await NativePublication.FindAsync(session, ct);

            // Analyzers look when the solution is built, and change no package: without them it takes a fifth of the time.
            string[] command =
            [
                "dotnet", "pack", await FilterAsync(session, ct), "-c", "Release", "-m:1", "-nodeReuse:false", "-nologo", "-v", "quiet",
                "-o", folder, "-p:RunAnalyzers=false",
                $"-p:MlOpsFeed={folder}", "-p:MlOpsPack=true", $"-p:PackageVersion={version}", $"-p:MlOpsNativeServer={native}", .. origin,
            ];
            if (await Command.RunAsync(session, command, ct) != 0)
            {
                throw new StageFailedException(
                    "dotnet pack failed",
                    [new Finding("MLB8001", "Pack", folder, null, "packages of every project in src", "see the lines above")],
                    Verdict.Error);
            }

            foreach (var package in Directory.GetFiles(folder, "*.nupkg").Order(StringComparer.Ordinal))
            {
                session.Output.Line($"{Path.GetFileName(package)}  {new FileInfo(package).Length / 1024:N0} KiB");
            }
        });

    // Tests are in the solution and in no package.
    private static async Task<string> FilterAsync(RunSession session, CancellationToken cancellationToken)
    {
        var file = Path.Combine(session.Root, ".nuke", "temp", "pack.slnf");
        var projects = Directory.GetDirectories(Path.Combine(session.Root, "src"))
            .SelectMany(project => Directory.GetFiles(project, "*.csproj"))
            .Order(StringComparer.Ordinal);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(
            file,
            JsonSerializer.Serialize(new
            {
                solution = new
                {
                    path = "../../MlOpsBuild.sln",
                    projects = projects.Select(project => Path.GetRelativePath(session.Root, project).Replace('/', '\\'))
                }
            }),
            cancellationToken);
        return file;
    }
}
