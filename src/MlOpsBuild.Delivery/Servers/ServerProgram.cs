using System.Text;
using MlOpsBuild.Core;
using MlOpsBuild.Core.Files;
using MlOpsBuild.Packaging.Servers;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Store.Content;

namespace MlOpsBuild.Delivery.Servers;

/// <summary>The server program in the store, by digest, so that a later build never overwrites what is running.</summary>
/// <param name="Digest">Digest over all its files.</param>
/// <param name="Folder">Where they lie.</param>
public sealed record ServerProgram(Digest Digest, string Folder)
{
    private const string AssemblyName = "mlops-server.dll";

    /// <summary>The same program compiled for this machine; null where nobody did.</summary>
    public NativeServer? Native { get; init; }

    /// <summary>What is started: the native program where there is one.</summary>
    public ServerCommand Command => Native == null ? Managed : new(Native.Program, Host: null);

    private ServerCommand Managed => new(Path.Combine(Folder, AssemblyName), DotnetHost.Path);

    /// <summary>What is started to serve <paramref name="model"/>: a native program takes no assembly in that scores it.</summary>
    public async Task<ServerCommand> CommandForAsync(ServedModel model, CancellationToken cancellationToken) =>
        Native != null && await model.NeedsRuntimeAsync(cancellationToken) ? Managed : Command;

    /// <summary>
    /// Takes the program from <paramref name="folder"/> (the folder <c>mlops-server</c> beside the build program) into the store.
    /// </summary>
    /// <exception cref="UsageException">There is no server program.</exception>
    public static async Task<ServerProgram> InstallAsync(string folder, string storeFolder, CancellationToken cancellationToken)
    {
        if (!File.Exists(Path.Combine(folder, AssemblyName)))
        {
            throw new UsageException(new Finding(
                "MLB5030", "The server program is missing", folder, null, AssemblyName,
                "rebuild with ./build.sh, or name its folder with --server"));
        }

        var digest = await DigestOfAsync(folder, cancellationToken);
        var target = Path.Combine(storeFolder, "servers", digest.Hex);
        if (Directory.Exists(target) && await DigestOfAsync(target, cancellationToken) != digest)
        {
            // Moved aside, not overwritten: a server may be running from it.
            Directory.Move(target, $"{target}.damaged-{Guid.NewGuid():N}");
        }

        if (!Directory.Exists(target))
        {
            var temporary = $"{target}.{Environment.ProcessId}.tmp";
            foreach (var file in Files(folder))
            {
                var copy = Path.Combine(temporary, Path.GetRelativePath(folder, file));
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.Copy(file, copy, overwrite: true);
                if (Path.GetFileName(copy) == NativeServer.ProgramName)
                {
                    NativeServer.LetRun(copy);
                }
            }

            AtomicFolder.Commit(temporary, target);
        }

        return new(digest, target) { Native = await NativeServer.FindAsync(target, NativeServer.ThisMachine, cancellationToken) };
    }

    private static async Task<Digest> DigestOfAsync(string folder, CancellationToken cancellationToken)
    {
        var lines = new StringBuilder();
        foreach (var file in Files(folder))
        {
            await using var stream = File.OpenRead(file);
            lines.Append(await Digest.OfAsync(stream, cancellationToken)).Append(' ').Append(SlashPath.From(folder, file)).Append('\n');
        }

        return Digest.Of(lines.ToString());
    }

    private static IEnumerable<string> Files(string folder) =>
        Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal);
}
