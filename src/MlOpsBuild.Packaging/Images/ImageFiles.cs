using System.Text;
using MlOpsBuild.Core;
using MlOpsBuild.Core.Files;
using MlOpsBuild.Packaging.Servers;
using MlOpsBuild.Store.Content;

namespace MlOpsBuild.Packaging.Images;

/// <summary>Gathers what goes into the layers of an image, each file with its digest.</summary>
/// <param name="blobs">Keeps what is written for an image.</param>
/// <param name="digests">Knows files that were read before.</param>
/// <param name="root">Where this machine's files lie: <c>/</c>.</param>
public sealed class ImageFiles(ContentStore blobs, FileDigests digests, string root)
{
    private const string Zones = "usr/share/zoneinfo";
    private static readonly string[] Native = ["", ".so"];

    private const string Runtimes = "runtimes/";

    // With it a program asks whether its sources changed, and where they are not, they did.
    private const string SourceList = "inputs.txt";
    private const string ServerBeside = "mlops-server/";
    // The same zones once more, with leap seconds or in another form.
    private static readonly string[] Copies = ["right/", "posix/"];

    // For models of others, one folder each.
    private const string Scorers = "scorers/";

    /// <summary>The files of the runtime that is installed.</summary>
    /// <param name="runtimeRoot">The folder of <c>dotnet</c>.</param>
    /// <param name="version">Its version.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="StageFailedException">It is not complete.</exception>
    public async Task<IReadOnlyList<LayerEntry>> RuntimeAsync(string runtimeRoot, Version version, CancellationToken cancellationToken)
    {
        var entries = new List<LayerEntry>();
        foreach (var (path, source) in SharedRuntime.Files(runtimeRoot, version))
        {
            var file = await ReadAsync(source, cancellationToken);
            entries.Add(Native.Contains(Path.GetExtension(path)) ? LayerEntry.Program(path, file) : LayerEntry.File(path, file));
        }

        return entries;
    }

    /// <summary>
    /// This machine's C library as far as programs of the image need it, the user that runs them, and a folder for temporary files.
    /// </summary>
    /// <param name="programs">Files of other layers, native programs and libraries among them.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="StageFailedException">A library is not there.</exception>
    public async Task<IReadOnlyList<LayerEntry>> HostBaseAsync(IEnumerable<LayerEntry> programs, CancellationToken cancellationToken)
    {
        List<string> native = [.. programs.Where(entry => entry.Content != null && Native.Contains(Path.GetExtension(entry.Path)))
            .Select(entry => entry.Content!.Path)];
        var entries = new List<LayerEntry>
        {
            LayerEntry.File("etc/passwd", await TextAsync(
                FormattableString.Invariant(
                    $"root:x:0:0:root:/:/sbin/nologin\nmlops:x:{HostBase.User}:{HostBase.User}:mlops:/:/sbin/nologin\n"),
                cancellationToken)),
            LayerEntry.File(
                "etc/group", await TextAsync(FormattableString.Invariant($"root:x:0:\nmlops:x:{HostBase.User}:\n"), cancellationToken)),
            LayerEntry.SharedFolder("tmp"),
        };
        foreach (var (path, source) in HostBase.Libraries(root, native))
        {
            entries.Add(LayerEntry.Program(path, await ReadAsync(source, cancellationToken)));
        }

        return entries;
    }

    /// <summary>A native program.</summary>
    /// <param name="path">Its path in the image.</param>
    /// <param name="source">Where it lies.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<LayerEntry> ProgramAsync(string path, string source, CancellationToken cancellationToken) =>
        LayerEntry.Program(path, await ReadAsync(source, cancellationToken));

    /// <summary>The assemblies of a folder, as parts of a program that was compiled from the same sources.</summary>
    /// <param name="folder">Where they lie.</param>
    /// <param name="program">The program's path in the image.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<LayerEntry>> AssembliesAsync(string folder, string program, CancellationToken cancellationToken)
    {
        var entries = new List<LayerEntry>();
        foreach (var file in Directory.GetFiles(folder, "*.dll").Order(StringComparer.Ordinal))
        {
            entries.Add(LayerEntry.File($"{program}/{Path.GetFileName(file)}", await ReadAsync(file, cancellationToken)));
        }

        return entries;
    }

    /// <summary>The server program that runs on .NET.</summary>
    /// <param name="folder">Where it lies.</param>
    /// <param name="scorer">The assembly that scores the model and comes with it; null where the server itself does.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="StageFailedException">The assembly is not there.</exception>
    public async Task<IReadOnlyList<LayerEntry>> ServerAsync(string folder, string? scorer, CancellationToken cancellationToken)
    {
        var own = scorer == null ? null : $"{Scorers}{scorer}/";
        if (own != null && !Directory.Exists(Path.Combine(folder, own)))
        {
            throw new StageFailedException(new(
                "MLB3006", "What scores this model is not here", Path.Combine(folder, own), null, $"the package {scorer} beside the build",
                $"dotnet add build package {scorer} (in its own repository: dotnet add build reference src/{scorer})"));
        }

        var entries = new List<LayerEntry>();
        foreach (var file in Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var path = Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/');
            if (Serves(path, own))
            {
                entries.Add(LayerEntry.File($"{ImageStage.ServerFolder}/{path}", await ReadAsync(file, cancellationToken)));
            }
        }

        return entries;
    }

    /// <summary>A build program, as far as it runs stages: on this kind of machine, without symbols, documentation and servers.</summary>
    /// <param name="folder">Where it lies.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    internal async Task<IReadOnlyList<LayerEntry>> BuildProgramAsync(string folder, CancellationToken cancellationToken)
    {
        var entries = new List<LayerEntry>();
        foreach (var file in Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var path = Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/');
            if (RunsStages(path))
            {
                var (place, content) = ($"{WorkerImageStage.ProgramFolder}/{path}", await ReadAsync(file, cancellationToken));
                entries.Add(Path.GetExtension(path) == ".so" ? LayerEntry.Program(place, content) : LayerEntry.File(place, content));
            }
        }

        return entries;
    }

    /// <summary>The time zones of this machine; none where it has no list of them.</summary>
    internal async Task<IReadOnlyList<LayerEntry>> ZonesAsync(CancellationToken cancellationToken)
    {
        var (entries, folder) = (new List<LayerEntry>(), Path.Combine(root, Zones));
        foreach (var file in Directory.Exists(folder) ? Directory.GetFiles(folder, "*", SearchOption.AllDirectories) : [])
        {
            var path = Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/');
            if (!Copies.Any(copy => path.StartsWith(copy, StringComparison.Ordinal)))
            {
                entries.Add(LayerEntry.File($"{Zones}/{path}", await ReadAsync(file, cancellationToken)));
            }
        }

        return entries;
    }

    /// <summary>What is served: parts of the bundle, what the server is told, and the time zones that the contract names.</summary>
    /// <param name="parts">Files of the model's folder, by name.</param>
    /// <param name="options">What the server is told, as JSON.</param>
    /// <param name="zones">IANA names.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="StageFailedException">This machine does not know a zone.</exception>
    public async Task<IReadOnlyList<LayerEntry>> ModelAsync(
        IReadOnlyDictionary<string, Artifact> parts, byte[] options, IReadOnlyCollection<string> zones, CancellationToken cancellationToken)
    {
        List<LayerEntry> entries =
        [
            LayerEntry.File($"{ImageStage.ModelFolder}/server.json", await blobs.PutAsync(options, cancellationToken)),
            .. parts.Select(part => LayerEntry.File($"{ImageStage.ModelFolder}/{part.Key}", part.Value)),
        ];
        foreach (var zone in zones.Distinct().Order(StringComparer.Ordinal))
        {
            var path = Path.Combine(root, Zones, zone);
            entries.Add(File.Exists(path) ? LayerEntry.File($"{Zones}/{zone}", await ReadAsync(path, cancellationToken))
                : throw new StageFailedException(
                    new("MLB3007", "The image lacks a time zone", path, zone, "the zones of this machine", "install tzdata")));
        }

        return entries;
    }

    private static bool RunsStages(string path) => Path.GetExtension(path) is not (".pdb" or ".xml" or ".dbg")
        && path != SourceList
        && !path.StartsWith(ServerBeside, StringComparison.Ordinal)
        && (!path.StartsWith(Runtimes, StringComparison.Ordinal)
            || new[] { "linux", "unix", ImagePlatform.Ours.RuntimeIdentifier }
                .Any(own => path.StartsWith($"{Runtimes}{own}/", StringComparison.Ordinal)));

    // Symbols are for debuggers, and a program that runs on .NET needs no other one.
    private static bool Serves(string path, string? scorer) => Path.GetExtension(path) != ".pdb"
        && path != NativeServer.SourcesFile
        && !path.StartsWith(NativeServer.FolderName + "/", StringComparison.Ordinal)
        && (!path.StartsWith(Scorers, StringComparison.Ordinal) || (scorer != null && path.StartsWith(scorer, StringComparison.Ordinal)));

    private async Task<Artifact> ReadAsync(string file, CancellationToken cancellationToken) =>
        new(await digests.OfAsync(file, cancellationToken), file);

    private Task<Artifact> TextAsync(string text, CancellationToken cancellationToken) =>
        blobs.PutAsync(Encoding.UTF8.GetBytes(text), cancellationToken);
}
