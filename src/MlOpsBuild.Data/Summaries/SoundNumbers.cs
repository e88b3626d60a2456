namespace MlOpsBuild.Data.Summaries;

/// <summary>Of some cells, those that are plain values, and those that have to be looked at more closely.</summary>
internal sealed class SoundNumbers
{
    private readonly double[] _numbers = new double[KeyBlock.Most];
    private readonly ulong[] _hashes = new ulong[KeyBlock.Most];
    private readonly int[] _places = new int[KeyBlock.Most];
    private readonly int[] _others = new int[KeyBlock.Most];
    private int _count;
    private int _otherCount;

    /// <summary>The numbers.</summary>
    public ReadOnlySpan<double> Numbers => _numbers.AsSpan(0, _count);

    /// <summary>The hashes of their texts.</summary>
    public ReadOnlySpan<ulong> Hashes => _hashes.AsSpan(0, _count);

    /// <summary>Which cells they are.</summary>
    public ReadOnlySpan<int> Places => _places.AsSpan(0, _count);

    /// <summary>The other cells.</summary>
    public ReadOnlySpan<int> Others => _others.AsSpan(0, _otherCount);

    /// <summary>Takes cells.</summary>
    /// <param name="plain">Which values are plain.</param>
    /// <param name="values">The cells' numbers; NaN where one is none.</param>
    /// <param name="hashes">The hashes of their texts.</param>
    public void Take(PlainValues plain, ReadOnlySpan<double> values, ReadOnlySpan<ulong> hashes)
    {
        (_count, _otherCount) = (0, 0);
        for (var place = 0; place < values.Length; place++)
        {
            if (plain.Contain(values[place]))
            {
                (_numbers[_count], _hashes[_count], _places[_count]) = (values[place], hashes[place], place);
                _count++;
            }
            else
            {
                _others[_otherCount++] = place;
            }
        }
    }
}
