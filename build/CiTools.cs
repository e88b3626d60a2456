using MlOpsBuild.Components.Session;

/// <summary>What reads and runs the files of build servers in tests, from npm.</summary>
internal static class CiTools
{
    private static readonly string[] Files = ["package.json", "package-lock.json"];

    // Without them their tests are skipped and say so; a machine that reaches no npm registry still runs all others.
    public static async Task SetUpAsync(RunSession session, CancellationToken cancellationToken)
    {
        var source = Path.Combine(session.Root, "tests", "MlOpsBuild.EndToEnd.Tests", "CiTools");
        var target = Path.Combine(session.Root, ".nuke", "temp", "ci-tools");
        var complete = Path.Combine(target, "complete");
        var wanted = await File.ReadAllTextAsync(Path.Combine(source, Files[^1]), cancellationToken);
        if (File.Exists(complete) && await File.ReadAllTextAsync(complete, cancellationToken) == wanted)
        {
            return;
        }

        Directory.CreateDirectory(target);
        File.Delete(complete);
        foreach (var file in Files)
        {
            File.Copy(Path.Combine(source, file), Path.Combine(target, file), overwrite: true);
        }

        // No package runs anything while it is installed.
        session.Output.Line("installing the readers of build servers' files");
        if (await Command.RunAsync(
            session, ["npm", "ci", "--prefix", target, "--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund"],
            cancellationToken)
            != 0)
        {
            session.Output.Warn("'npm ci' failed; the tests that need it will be skipped");
            return;
        }

        await File.WriteAllTextAsync(complete, wanted, cancellationToken);
    }
}
