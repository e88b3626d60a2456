using System.Diagnostics;
using MlOpsBuild.Components.Session;
using MlOpsBuild.Core;
using MlOpsBuild.Packaging.Images;
using MlOpsBuild.Packaging.Servers;
using MlOpsBuild.Store.Content;

/// <summary>
/// Compiles the server to a native program and puts it beside the one that runs on .NET; each is kept by the digest of what it was made of.
/// </summary>
internal static class NativePublication
{
    private const double Megabyte = 1e6;

    // Written by the project when it is published.
    private const string RuntimeFile = "runtime.txt";

    private static readonly string ServerFolder = Path.Combine(AppContext.BaseDirectory, "mlops-server");

    /// <summary>The folder that packages take it from; null, with a word on it, where it was not compiled from these sources.</summary>
    public static async Task<string?> FindAsync(RunSession session, CancellationToken cancellationToken)
    {
        if (await NativeServer.FindAsync(ServerFolder, NativeServer.ThisMachine, cancellationToken) != null)
        {
            return Path.Combine(ServerFolder, NativeServer.FolderName);
        }

        session.Output.Line("the packages have no native server; PublishServer Pack compiles it first");
        return null;
    }

    public static async Task RunAsync(RunSession session, IReadOnlyCollection<string> platforms, CancellationToken cancellationToken)
    {
        foreach (var platform in ImagePlatform.Parse(platforms))
        {
            await RunAsync(session, platform, cancellationToken);
        }
    }

    private static async Task RunAsync(RunSession session, ImagePlatform platform, CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new UsageException(new Finding(
                "MLB8003", "No native server for this system", "PublishServer", NativeServer.ThisMachine, "Linux",
                "run it on Linux; other systems use the server that runs on .NET"));
        }

        var madeOf = await NativeServer.SourcesAsync(ServerFolder, cancellationToken) ?? throw new StageFailedException(new Finding(
            "MLB8004", "The server does not say what it was built from", ServerFolder, null, NativeServer.SourcesFile, "build it again"));
        var kept = Path.Combine(session.Root, ".nuke", "temp", "native", "kept", platform.Machine, madeOf);
        var before = Stopwatch.GetTimestamp();
        var known = Directory.Exists(kept);
        if (!known)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(kept)!);
            AtomicFolder.Commit(await CompileAsync(session, platform, madeOf, cancellationToken), kept);
        }

        var program = Path.Combine(kept, NativeServer.ProgramName);
        var runtime = (await File.ReadAllTextAsync(Path.Combine(kept, RuntimeFile), cancellationToken)).Trim();
        foreach (var place in (string[])[ServerFolder, Path.Combine(session.Root, ".nuke", "temp", "native", "placed")])
        {
            await NativeServer.PutAsync(place, platform.Machine, program, madeOf, runtime, cancellationToken);
        }

        session.Output.Good(FormattableString.Invariant(
            $"native server: {new FileInfo(program).Length / Megabyte:0.0} MB, {(known ? "known already" : "compiled")} ({Stopwatch.GetElapsedTime(before).TotalSeconds:0.0} s); images{(platform.IsOurs ? " and local servers" : $" for {platform}")} are made of it from now on"));
    }

    private static async Task<string> CompileAsync(
        RunSession session, ImagePlatform platform, string madeOf, CancellationToken cancellationToken)
    {
        var native = Path.Combine(session.Root, ".nuke", "temp", "native");
        var output = Path.Combine(native, "out");
        session.Output.Line($"compiling the server for {platform}, which takes a minute or two");
        string[] command =
        [
            "dotnet", "publish", Path.Combine("src", "MlOpsBuild.Serving"), "-c", "Release", "-r", platform.Machine, "-p:MlOpsNative=true",
            "-p:StripSymbols=true", "-o", output, "-nodeReuse:false", "-nologo", "-v", "quiet",
            .. platform.IsOurs ? [] : (string[])[$"-p:CppCompilerAndLinker={platform.Gnu}-gcc", $"-p:ObjCopyName={platform.Gnu}-objcopy"],
        ];
        if (await Command.RunAsync(session, command, cancellationToken) != 0)
        {
            throw new StageFailedException(
                "dotnet publish failed",
                [new Finding(
                    "MLB8005", "PublishServer", output, null, "a native program",
                    $"see the lines above; its compiler needs a linker and a C library (Debian: apt-get install {(platform.IsOurs ? "gcc libc6-dev zlib1g-dev" : $"gcc-{platform.Gnu.Replace('_', '-')} libc6-dev-{platform.Architecture}-cross")})")],
                Verdict.Error);
        }

        // A program of other sources would pass for this one.
        var compiled = await NativeServer.SourcesAsync(
            Path.Combine(native, "bin", "MlOpsBuild.Serving", $"release_{platform.Machine}"), cancellationToken);
        return compiled == madeOf ? output
            : throw new StageFailedException(
                new Finding("MLB8006", "The sources changed meanwhile", "src", compiled, madeOf, "run it again"));
    }
}
