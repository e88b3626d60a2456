using System.Globalization;
using MlOpsBuild.Core;

namespace MlOpsBuild.Packaging.Images;

/// <summary>Writes a layer; output <c>layer.tar</c>. A layer whose files did not change is not written again.</summary>
public sealed class LayerStage(string layer) : Stage<IReadOnlyList<LayerEntry>, long>
{
    /// <summary>Name of the output.</summary>
    public const string LayerFile = "layer.tar";

    /// <inheritdoc />
    public override string Name => $"layer-{layer}";

    /// <inheritdoc />
    public override IReadOnlyList<StageInput> Key(IReadOnlyList<LayerEntry> input) =>
        [.. input.OrderBy(entry => entry.Path, StringComparer.Ordinal).Select(entry => new StageInput(
            entry.Path, $"{Convert.ToString((int)entry.Mode, 8)} {entry.Content?.Digest.ToString() ?? "folder"}"))];

    /// <inheritdoc />
    public override async Task<long> RunAsync(
        IReadOnlyList<LayerEntry> input, string outputDirectory, IProgress<string> progress, CancellationToken cancellationToken)
    {
        await using var stream = new FileStream(
            Path.Combine(outputDirectory, LayerFile), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 20);
        await LayerTar.WriteAsync(input, stream, cancellationToken);
        progress.Report(string.Create(
            CultureInfo.InvariantCulture,
            $"layer {layer}: {input.Count(entry => entry.Content != null):N0} files, {stream.Length / 1e6:0.0} MB"));
        return stream.Length;
    }
}
