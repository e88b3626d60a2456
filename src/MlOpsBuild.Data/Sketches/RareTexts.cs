namespace MlOpsBuild.Data.Sketches;

/// <summary>
/// Lets one of several texts through that are not kept: most of a column where all are different would only be kept to be forgotten
/// (Homem and Carvalho 2010, "Finding top-k elements in data streams", the filter of their algorithm FSS). What it saw is counted by
/// some bits of the hash, so that it is known how often one text can have been turned away.
/// </summary>
internal sealed class RareTexts
{
    private const int Counters = 2048;
    private const int Patience = 16;
    private const int FirstBit = 20;
    private readonly long[] _seen = new long[Counters];

    /// <summary>How often one text can have been turned away.</summary>
    public long Most => _seen.Max();

    /// <summary>Whether a text that is not kept shall be kept now.</summary>
    public bool Admits(ulong hash) => ++_seen[(int)(hash >> FirstBit) & (Counters - 1)] % Patience == 0;

    /// <summary>Takes over what another one saw.</summary>
    public void Merge(RareTexts other)
    {
        for (var i = 0; i < Counters; i++)
        {
            _seen[i] += other._seen[i];
        }
    }
}
