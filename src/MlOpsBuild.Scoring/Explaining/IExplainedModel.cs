using MlOpsBuild.Scoring.Rows;

namespace MlOpsBuild.Scoring.Explaining;

/// <summary>A model whose scores can be told as sums.</summary>
public interface IExplainedModel
{
    /// <summary>Whether it carries what that needs; models from before do not.</summary>
    bool CanExplain { get; }

    /// <summary>One explanation; of three or more classes one for each, in their order.</summary>
    /// <param name="row">Values in field order.</param>
    /// <exception cref="InvalidOperationException">It cannot.</exception>
    IReadOnlyList<Explanation> Explain(InputRow row);
}
