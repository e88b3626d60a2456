using Microsoft.ML.OnnxRuntime;
using MlOpsBuild.Core;
using MlOpsBuild.Scoring;
using MlOpsBuild.Scoring.Foreign;
using MlOpsBuild.Scoring.Rows;

namespace MlOpsBuild.Onnx;

/// <summary>Scores rows by an ONNX file.</summary>
internal sealed class OnnxScorer : IRowScorer
{
    private readonly InferenceSession _session;
    private readonly IReadOnlyList<OnnxFeed> _feeds;
    private readonly OnnxOutput _output;
    private readonly string[] _asked;
    private readonly ClassSet? _classes;

    public OnnxScorer(OnnxModel model)
    {
        _session = OnnxFile.Open(model.File);
        try
        {
            (_feeds, _output, _classes) =
                (OnnxInputs.Of(model, _session.InputMetadata), OnnxOutput.Of(model, _session.OutputMetadata), model.Classes);
            _asked = _output.Label == null ? [_output.Name] : [_output.Name, _output.Label];
        }
        catch
        {
            _session.Dispose();
            throw;
        }
    }

    public Prediction Score(InputRow row)
    {
        var inputs = new Dictionary<string, OrtValue>();
        try
        {
            foreach (var feed in _feeds)
            {
                inputs[feed.Name] = feed.Make(row);
            }

            using var options = new RunOptions();
            using var outputs = _session.Run(options, inputs, _asked);
            var byName = _asked.Zip(outputs).ToDictionary(pair => pair.First, pair => pair.Second);
            var prediction = _output.Read(byName);
            RequireSameClass(prediction, byName);
            return prediction;
        }
        catch (OnnxRuntimeException problem)
        {
            throw new StageFailedException(new Finding(
                "MLB2310", "The ONNX file gives no prediction", "ONNX file", problem.Message.ReplaceLineEndings(" "),
                "a prediction for each row"));
        }
        finally
        {
            foreach (var input in inputs.Values)
            {
                input.Dispose();
            }
        }
    }

    public void Dispose() => _session.Dispose();

    // Probabilities without names could be in any order; the class that the file names tells. Near one half, or between
    // two, its own rounding decides.
    private void RequireSameClass(Prediction prediction, IReadOnlyDictionary<string, OrtValue> outputs)
    {
        if (_classes == null || _output.ClassOf(outputs) is not { } named)
        {
            return;
        }

        var best = Enumerable.Range(0, _classes.Names.Count).Max(prediction.ProbabilityOf);
        if (prediction.ProbabilityOf(named) < best - 0.2)
        {
            throw new StageFailedException(new Finding(
                "MLB2311", "The ONNX file's classes are in another order", $"output {_output.Name}",
                $"{prediction}, and the class {_classes.Names[named]}", string.Join(", ", _classes.Names),
                "export it with probabilities by name (ZipMap), or put the contract's classes in its order"));
        }
    }
}
