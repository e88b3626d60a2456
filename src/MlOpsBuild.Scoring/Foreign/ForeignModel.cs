using System.Text.Json.Serialization;
using MlOpsBuild.Scoring.Rows;

namespace MlOpsBuild.Scoring.Foreign;

/// <summary>A model that something else scores: what does is opened when the first row is scored, and never for other models.</summary>
public abstract record ForeignModel : TrainedModel
{
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

    /// <summary>How many rows can be scored at once; callers beyond wait without holding a thread.</summary>
    [JsonIgnore]
    public virtual int AtOnce => Environment.ProcessorCount;

    /// <summary>Opens it now, which tells at once what is wrong with it.</summary>
    public IRowScorer Start() => LazyInitializer.EnsureInitialized(ref _scorer, Open);

    /// <summary>Closes what scores it; the next row opens it again.</summary>
    public void Close() => Interlocked.Exchange(ref _scorer, null)?.Dispose();

    /// <inheritdoc />
    protected sealed override Prediction Compute(InputRow row) => Start().Score(row);

    /// <summary>Opens what scores it.</summary>
    protected abstract IRowScorer Open();
}
