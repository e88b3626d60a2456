using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MlOpsBuild.Data.Sketches;

namespace MlOpsBuild.Data.Summaries;

/// <summary>The numbers of a column in some rows, and what several sketches need of them.</summary>
internal sealed class RowValues
{
    private double[] _values = [];
    private double[] _present = [];
    private double[] _centred = [];
    private double[] _filled = [];
    private double[] _has = [];
    private int _rows;
    private bool _hasGaps;

    /// <summary>The numbers; NaN where a row has none.</summary>
    public Span<double> All => _values.AsSpan(0, _rows);

    /// <summary>Their moments; none until <see cref="Centre"/>.</summary>
    public Moments Moments { get; private set; } = Moments.None;

    /// <summary>Whether every row has one.</summary>
    public bool HasAll => !_hasGaps;

    /// <summary>The numbers without gaps.</summary>
    public ReadOnlySpan<double> Present => _hasGaps ? _present.AsSpan(0, (int)Moments.Count) : All;

    /// <summary>The numbers less their mean; 0 where a row has none.</summary>
    public ReadOnlySpan<double> Centred => _centred.AsSpan(0, _rows);

    /// <summary>The numbers; 0 where a row has none; after <see cref="ShowGaps"/>.</summary>
    public ReadOnlySpan<double> Filled => _filled.AsSpan(0, _rows);

    /// <summary>1 where a row has a number, 0 where it has none; after <see cref="ShowGaps"/>.</summary>
    public ReadOnlySpan<double> Has => _has.AsSpan(0, _rows);

    /// <summary>The numbers of a column that is at hand, with all that is needed of them.</summary>
    public static RowValues Of(ReadOnlySpan<double> numbers)
    {
        var values = new RowValues();
        values.Begin(numbers.Length);
        numbers.CopyTo(values.All);
        values.Centre();
        values.ShowGaps();
        return values;
    }

    /// <summary>Makes room for rows; what their numbers are is not said.</summary>
    public void Begin(int rows)
    {
        (_rows, Moments) = (rows, Moments.None);
        _values = _values.Length < rows ? new double[rows] : _values;
    }

    /// <summary>Works out what is needed of them.</summary>
    public void Centre()
    {
        if (_centred.Length < _values.Length)
        {
            _centred = new double[_values.Length];
        }

        // Where one is none, no sum is a number.
        Moments = Moments.Of(All);
        _hasGaps = double.IsNaN(Moments.Mean) && HaveGaps(All);
        Moments = _hasGaps ? Moments.Of(CopyPresent()) : Moments;
        CentreAbout(Moments.Mean);
    }

    /// <summary>Says which rows have none, for columns of which one has gaps; after <see cref="Centre"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void ShowGaps()
    {
        if (_has.Length < _values.Length)
        {
            (_has, _filled) = (new double[_values.Length], new double[_values.Length]);
        }

        for (var row = 0; row < _rows; row++)
        {
            var has = !double.IsNaN(_values[row]);
            (_has[row], _filled[row]) = has ? (1, _values[row]) : (0, 0);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool HaveGaps(ReadOnlySpan<double> values)
    {
        var gaps = Vector256<double>.Zero;
        foreach (var some in MemoryMarshal.Cast<double, Vector256<double>>(values))
        {
            gaps |= Vector256.IsNaN(some);
        }

        var rest = values[^(values.Length % Vector256<double>.Count)..];
        return gaps != Vector256<double>.Zero || rest.Contains(double.NaN);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private ReadOnlySpan<double> CopyPresent()
    {
        if (_present.Length < _values.Length)
        {
            _present = new double[_values.Length];
        }

        var count = 0;
        foreach (var value in All)
        {
            _present[count] = value;
            count += double.IsNaN(value) ? 0 : 1;
        }

        return _present.AsSpan(0, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void CentreAbout(double mean)
    {
        var means = Vector256.Create(mean);
        var from = MemoryMarshal.Cast<double, Vector256<double>>(All);
        var to = MemoryMarshal.Cast<double, Vector256<double>>(_centred.AsSpan());
        for (var i = 0; i < from.Length; i++)
        {
            to[i] = Vector256.AndNot(from[i] - means, Vector256.IsNaN(from[i]));
        }

        for (var row = from.Length * Vector256<double>.Count; row < _rows; row++)
        {
            _centred[row] = double.IsNaN(_values[row]) ? 0 : _values[row] - mean;
        }
    }
}
