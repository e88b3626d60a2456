using System.Runtime.InteropServices;
using MlOpsBuild.Core;
using MlOpsBuild.Store.Content;

namespace MlOpsBuild.Packaging.Servers;

/// <summary>
/// The server compiled to a native program, which needs no runtime beside it and answers at once. It lies in a folder
/// of the server that runs on .NET.
/// </summary>
/// <param name="Program">The program.</param>
/// <param name="Runtime">Version of .NET that is compiled into it.</param>
public sealed record NativeServer(string Program, string Runtime)
{
    /// <summary>The folder that holds a folder for each kind of machine.</summary>
    public const string FolderName = "native";

    /// <summary>The file, beside a server, that names what it was built from.</summary>
    public const string SourcesFile = "server.sources";

    private const UnixFileMode Runnable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute
            | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <summary>The program's name.</summary>
    public static string ProgramName { get; } = OperatingSystem.IsWindows() ? "mlops-server.exe" : "mlops-server";

    /// <summary>The kind of machine that this one is, as .NET calls it.</summary>
    public static string ThisMachine { get; } = RuntimeInformation.RuntimeIdentifier;

    /// <summary>Where that for a kind of machine lies, below the server's folder.</summary>
    public static string PlaceOf(string machine) => Path.Combine(FolderName, machine);

    /// <summary>
    /// The one for a kind of machine; null where there is none, or where its sources were others than those of what lies in
    /// <paramref name="serverFolder"/>.
    /// </summary>
    /// <param name="serverFolder">The server's folder.</param>
    /// <param name="machine">The kind of machine, as .NET calls it.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<NativeServer?> FindAsync(string serverFolder, string machine, CancellationToken cancellationToken)
    {
        var place = Path.Combine(serverFolder, PlaceOf(machine));
        var (program, facts) = (Path.Combine(place, ProgramName), Path.Combine(place, NativeServerFacts.FileName));
        return File.Exists(program) && File.Exists(facts)
            && CanonicalJson.TryDeserialize<NativeServerFacts>(await File.ReadAllBytesAsync(facts, cancellationToken)) is { } known
            && known.MadeOf == await SourcesAsync(serverFolder, cancellationToken)
            ? new(program, known.Runtime) : null;
    }

    /// <summary>
    /// Names the sources, and the SDK, that the server in <paramref name="folder"/> was built from; null where nobody says.
    /// </summary>
    public static async Task<string?> SourcesAsync(string folder, CancellationToken cancellationToken) =>
        Path.Combine(folder, SourcesFile) is var file
            && File.Exists(file)
            && (await File.ReadAllTextAsync(file, cancellationToken)).Trim() is { Length: > 0 } sources
            ? sources
            : null;

    /// <summary>Puts a program that was compiled from <paramref name="madeOf"/> where <see cref="FindAsync"/> looks.</summary>
    /// <param name="serverFolder">The server's folder.</param>
    /// <param name="machine">The kind of machine that it runs on, as .NET calls it.</param>
    /// <param name="program">The program.</param>
    /// <param name="madeOf">Names its sources (<see cref="SourcesAsync"/>).</param>
    /// <param name="runtime">Version of .NET that is compiled into it.</param>
    /// <param name="cancellationToken">Ends the copying; nothing half is left then.</param>
    public static async Task PutAsync(
        string serverFolder, string machine, string program, string madeOf, string runtime, CancellationToken cancellationToken)
    {
        var place = Path.Combine(serverFolder, PlaceOf(machine));
        await AtomicFile.WriteAsync(
            Path.Combine(place, ProgramName), await File.ReadAllBytesAsync(program, cancellationToken), cancellationToken);
        LetRun(Path.Combine(place, ProgramName));

        // Last: a program without its facts is not taken.
        await AtomicFile.WriteAsync(
            Path.Combine(place, NativeServerFacts.FileName), CanonicalJson.Serialize(new NativeServerFacts(madeOf, runtime)),
            cancellationToken);
    }

    /// <summary>Makes it one that may be run: what comes out of a package may not.</summary>
    public static void LetRun(string program)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(program, Runnable);
        }
    }
}
