using System.Collections.Concurrent;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlOpsBuild.Core;
using MlOpsBuild.Scoring;
using MlOpsBuild.Scoring.Foreign;
using MlOpsBuild.Scoring.Rows;

namespace MlOpsBuild.MlNet;

/// <summary>
/// Scores rows by a fitted chain. A chain's row is no two threads' at once: each takes one that is free, or makes one more.
/// </summary>
internal sealed class MlNetScorer : IRowScorer
{
    private readonly MlNetModel _model;
    private readonly DataViewSchema _schema;
    private readonly IRowToRowMapper _mapper;
    private readonly DataViewSchema.Column _output;
    private readonly ConcurrentBag<(FieldRow Input, DataViewRow Scored)> _free = [];

    public MlNetScorer(MlNetModel model)
    {
        (_model, _schema) = (model, FieldSchema.Of(model.Fields, model.Transform.Width, model.Classes));
        try
        {
            using var file = new MemoryStream(model.File);
            var chain = new MLContext(1).Model.Load(file, out _);
            _mapper = chain.GetRowToRowMapper(_schema);
        }
        catch (Exception problem) when (problem is ArgumentException or InvalidOperationException or FormatException or IOException)
        {
            throw new StageFailedException(
                "The chain cannot be opened",
                [new(
                    "MLB2101", "ML.NET cannot read it", "model", problem.Message,
                    "a chain of Microsoft.ML, Microsoft.ML.FastTree and Microsoft.ML.LightGbm", "take other trainers")],
                Verdict.Error, problem);
        }

        var (name, expected) = model.Classes is { IsBinary: true }
            ? ("Probability", "a calibrated trainer of two classes")
            : ("Score", "a trainer of this task at the chain's end");
        _output = _mapper.OutputSchema.GetColumnOrNull(name) is { } output && Suits(output.Type)
            ? output
            : throw new StageFailedException(new Finding(
                "MLB2102", "The chain does not predict this task", "Trainers.MlNet",
                string.Join(", ", _mapper.OutputSchema.Select(column => column.Name).Distinct()), $"a column {name}: {expected}",
                "correct the chain"));
    }

    public Prediction Score(InputRow row)
    {
        if (!_free.TryTake(out var pair))
        {
            var input = new FieldRow(_schema, new(_schema, _model.Fields, _model.Transform));
            pair = (input, _mapper.GetRow(input, [_output]));
        }

        try
        {
            pair.Input.Values.Take(row);
            return Read(pair.Scored);
        }
        finally
        {
            _free.Add(pair);
        }
    }

    public void Dispose()
    {
        while (_free.TryTake(out var pair))
        {
            pair.Scored.Dispose();
            pair.Input.Dispose();
        }
    }

    private bool Suits(DataViewType type) => _model.Classes is { IsBinary: false } many
        ? type is VectorDataViewType vector && vector.Size == many.Names.Count
        : type == NumberDataViewType.Single;

    private Prediction Read(DataViewRow scored)
    {
        if (_model.Classes is { IsBinary: false })
        {
            var each = default(VBuffer<float>);
            scored.GetGetter<VBuffer<float>>(_output)(ref each);
            return new([.. each.DenseValues().Select(value => (double)value)]);
        }

        var value = 0f;
        scored.GetGetter<float>(_output)(ref value);
        return _model.Classes == null ? _model.Scale.Undo(value) : new Prediction(value);
    }
}
