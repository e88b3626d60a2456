using System.Text.Json.Serialization;
using MlOpsBuild.Core;
using MlOpsBuild.Scoring.Rows;

namespace MlOpsBuild.Scoring.Foreign;

/// <summary>A model that something else scores: what does is opened when the first row is scored, and never for other models.</summary>
public abstract record ForeignModel : TrainedModel
{
    // In single precision many probabilities do not sum to 1 exactly.
    private const double Rounding = 1e-3;
    private IRowScorer? _scorer;

    /// <summary>A model that nothing was opened for.</summary>
    protected ForeignModel()
    {
    }

    /// <summary>A copy opens what scores it by itself: it may be another model.</summary>
    /// <param name="original">What is copied.</param>
    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    protected ForeignModel(ForeignModel original)
        : base(original)
    {
    }

    /// <summary>Name of the assembly and package that scores it.</summary>
    /// <value>null: none does that is not in the server.</value>
    [JsonIgnore]
    public virtual string? ScoredBy => null;

    /// <summary>How many rows can be scored at once; callers beyond wait without holding a thread.</summary>
    [JsonIgnore]
    public virtual int AtOnce => Environment.ProcessorCount;

    /// <summary>Opens it now, which tells at once what is wrong with it.</summary>
    public IRowScorer Start() => LazyInitializer.EnsureInitialized(ref _scorer, Open);

    /// <summary>Closes what scores it; the next row opens it again.</summary>
    public void Close() => Interlocked.Exchange(ref _scorer, null)?.Dispose();

    /// <summary>Where files that it needs are written; the machine's temporary folder when null.</summary>
    [JsonIgnore]
    public string? Folder { get; init; }

    /// <inheritdoc />
    protected sealed override Prediction Compute(InputRow row)
    {
        Prediction prediction;
        try
        {
            prediction = Start().Score(row);
        }
        catch (Exception problem) when (problem is not (FindingsException or OutOfMemoryException))
        {
            throw new StageFailedException(
                "The model gives no prediction",
                [new("MLB2204", "What scores it failed", GetType().Name, problem.Message, "a prediction for each row")], Verdict.Error,
                problem);
        }

        return Classes == null || IsProbability(prediction) ? prediction
            : throw new StageFailedException(new Finding(
                "MLB2205", "Not probabilities", GetType().Name, prediction.ToString(),
                Classes.IsBinary ? "a number from 0 to 1" : "numbers from 0 to 1 with the sum 1",
                "calibrate the model, or end it with a sigmoid or softmax"));
    }

    private static bool IsProbability(Prediction prediction)
    {
        var sum = 0.0;
        for (var position = 0; position < prediction.Count; position++)
        {
            if (prediction[position] is not (>= -Rounding and <= 1 + Rounding))
            {
                return false;
            }

            sum += prediction[position];
        }

        return prediction.Count == 1 || Math.Abs(sum - 1) <= Rounding;
    }

    /// <summary>Opens what scores it.</summary>
    protected abstract IRowScorer Open();
}
