using MlOpsBuild.Core.Fields;
using MlOpsBuild.Data.Tables;
using MlOpsBuild.Modeling.Features;
using MlOpsBuild.Modeling.Splitting;
using MlOpsBuild.Modeling.Stages;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Scoring;
using MlOpsBuild.Scoring.Explaining;
using MlOpsBuild.Scoring.Rows;

namespace MlOpsBuild.Modeling.Explaining;

/// <summary>A model and held-out rows as it sees them; inputs can be exchanged before it is asked.</summary>
internal sealed class AskedRows
{
    private readonly TrainedModel _model;
    private readonly DataTable _table;
    private readonly DataTable _heldOut;
    private readonly Split _split;
    private readonly HoldOutRows _holdOut;
    private readonly double[][] _rows;

    /// <summary>At most so many rows, evenly taken.</summary>
    public AskedRows(TrainedModel model, DataTable table, Split split, HoldOutRows holdOut, int most)
    {
        (_model, _table, _holdOut) = (model, table, holdOut);
        IReadOnlyList<int> places = [.. Evenly(split.HeldOut.Count, most)];
        _split = new(
            split.Training, [.. places.Select(place => split.HeldOut[place])], [.. places.Select(place => split.Block[place])], split.Unit);
        _heldOut = table.Select(_split.HeldOut);
        _rows = [.. FieldRows.Of(table, model.Fields, _split.HeldOut)];
    }

    /// <summary>The model's inputs.</summary>
    public IReadOnlyList<FieldRule> Fields => _model.Fields;

    public int Count => _rows.Length;

    /// <summary>Values of an input, row by row.</summary>
    public IEnumerable<double> Values(int field) => _rows.Select(row => row[field]);

    /// <summary>What the model answers.</summary>
    public PredictionSet Predict() => Of(_rows);

    /// <summary>What it answers when an input has the value of another row: that at <paramref name="order"/>.</summary>
    public PredictionSet Predict(int field, int[] order) =>
        Of(_rows.Select((row, place) => With(row, field, _rows[order[place]][field])));

    /// <summary>The mean of what it answers when an input has one value in all of some rows.</summary>
    /// <param name="field">The input.</param>
    /// <param name="value">Its value.</param>
    /// <param name="most">So many rows, evenly taken.</param>
    public double Mean(int field, double value, int most) =>
        Evenly(Count, most).Average(place => _model.Predict(new InputRow(With(_rows[place], field, value), _table.Texts)).Value);

    /// <summary>Explanations of at most so many rows; empty where the model tells none.</summary>
    public IReadOnlyList<IReadOnlyList<Explanation>> Explain(int most) => _model is IExplainedModel { CanExplain: true } told
        ? [.. Evenly(Count, most).Select(place => told.Explain(new InputRow(_rows[place], _table.Texts)))]
        : [];

    private PredictionSet Of(IEnumerable<double[]> rows) => _holdOut.Predictions(
        "asked", _heldOut, _split, [.. rows.Select(row => _model.Predict(new InputRow(row, _table.Texts)))]);

    private static IEnumerable<int> Evenly(int count, int most)
    {
        var every = Math.Max(1, (count + most - 1) / most);
        return Enumerable.Range(0, count).Where(place => place % every == 0);
    }

    private static double[] With(double[] row, int field, double value)
    {
        var changed = row.ToArray();
        changed[field] = value;
        return changed;
    }
}
