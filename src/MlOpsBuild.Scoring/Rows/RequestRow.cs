namespace MlOpsBuild.Scoring.Rows;

/// <summary>A row that was read from a request.</summary>
/// <param name="Values">One number per field; what is missing is NaN, a free text its position among <paramref name="Texts"/>.</param>
/// <param name="Texts">Its free texts.</param>
public sealed record RequestRow(double[] Values, IReadOnlyList<string> Texts)
{
    /// <summary>As models read it.</summary>
    public InputRow Input => new(Values, Texts);
}
