namespace MlOpsBuild.Scoring.Protocol;

/// <summary>Where a gateway keeps predictions, and how much of them.</summary>
/// <param name="Folder">Its folder; made when it is not there, for its owner alone.</param>
/// <param name="MostBytes">Bytes of all files together; the oldest is deleted for the newest. 256 MiB by default.</param>
public sealed record PredictionLogPlace(string Folder, long MostBytes = 256 * 1024 * 1024)
{
    /// <summary>What its files are called, in the order they were written.</summary>
    public const string Pattern = "predictions-*.jsonl";
}
