using MlOpsBuild.Core;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Scoring.Features;

namespace MlOpsBuild.Onnx.Export;

/// <summary>Writes a fitted feature transform into a graph.</summary>
/// <param name="graph">The graph.</param>
/// <param name="fields">The model's inputs.</param>
internal sealed class TransformExport(OnnxGraph graph, IReadOnlyList<FieldRule> fields)
{
    private readonly string[] _columns = new string[fields.Count];

    /// <summary>The design rows.</summary>
    /// <exception cref="StageFailedException">A feature has no form in ONNX; all of them at once.</exception>
    public string Write(FeatureTransform transform)
    {
        var findings = transform.Terms.Where(term => !HasForm(term)).Select(term => new Finding(
            "MLB2302", "A feature has no form in ONNX", "ExportOnnx", term.Names.First(), "no words, and no hashes but of categories",
            "export a model without it"))
                .ToList();
        if (findings.Count > 0)
        {
            throw new StageFailedException("The model cannot be exported", findings, Verdict.Error);
        }

        foreach (var (position, field) in fields.Index())
        {
            _columns[position] = field.Kind == FieldKind.Category ? Category(field) : graph.Input(field.Name, OnnxGraph.Double);
        }

        return graph.Beside([.. transform.Terms.Select(Write)]);
    }

    private bool HasForm(FeatureTerm term) => term switch
    {
        TextTerm or HashTerm { Categories: null } => false,
        DatePartTerm part => fields[part.Field] is { Minimum: not null, Maximum: not null },
        CyclicTerm { Part: not null } cyclic => fields[cyclic.Field] is { Minimum: not null, Maximum: not null },
        _ => true,
    };

    private string Write(FeatureTerm term)
    {
        switch (term)
        {
            case NumberTerm number:
                return Scaled(Known(_columns[number.Field], number.Missing), number.Mean, number.Scale);
            case SquareTerm square:
                var known = Known(_columns[square.Field], square.Missing);
                return Scaled(graph.Apply("Mul", [known, known]), square.Mean, square.Scale);
            case MissingTerm missing:
                return Missing(_columns[missing.Field]);
            case OneHotTerm oneHot:
                var each = OneHot(_columns[oneHot.Field], oneHot.Values);
                return oneHot.Rare ? graph.Beside([each, graph.Apply("Sub", [Number(1), graph.RowSum(each)])]) : each;
            case CrossTerm cross:
                return Cross(
                    OneHot(_columns[cross.FirstField], cross.FirstValues), OneHot(_columns[cross.SecondField], cross.SecondValues));
            case DatePartTerm part:
                return OneHot(Part(part.Field, part.Part), part.Values);
            case CyclicTerm cyclic:
                return Cyclic(cyclic.Part is { } taken ? Part(cyclic.Field, taken) : _columns[cyclic.Field], cyclic.Period);
            case BinTerm bin:
                return Bins(_columns[bin.Field], bin);
            default:
                return Buckets((HashTerm)term);
        }
    }

    // A category comes as its text; what is no category, or missing, is no number.
    private string Category(FieldRule field)
    {
        var names = field.Categories!;
        return graph.Cast(graph.ApplyLearning(
            "LabelEncoder", [graph.Input(field.Name, OnnxGraph.Text)], OnnxAttribute.Of("keys_strings", names),
            OnnxAttribute.Of("values_floats", Enumerable.Range(0, names.Count).Select(position => (float)position)),
            OnnxAttribute.Of("default_float", float.NaN)),
                OnnxGraph.Double);
    }

    private string Number(double value) => graph.Constant([value], 1, 1);

    private string Scalar(double value) => graph.Constant([value], []);

    private string Known(string column, double? missing) =>
        missing is { } value ? graph.Apply("Where", [graph.Apply("IsNaN", [column]), Number(value), column]) : column;

    private string Scaled(string column, double mean, double scale) =>
        graph.Apply("Div", [graph.Apply("Sub", [column, Number(mean)]), Number(scale)]);

    private string Missing(string column) => graph.Cast(graph.Apply("IsNaN", [column]), OnnxGraph.Double);

    private string OneHot(string column, double[] values)
    {
        double[] known = [.. values.Where(value => !double.IsNaN(value))];
        List<string> parts = known.Length < values.Length ? [Missing(column)] : [];
        if (known.Length > 0)
        {
            parts.Add(graph.Cast(graph.Apply("Equal", [column, graph.Constant(known, 1, known.Length)]), OnnxGraph.Double));
        }

        return graph.Beside(parts);
    }

    private string Cross(string first, string second)
    {
        var (tall, wide) = (graph.Apply("Unsqueeze", [first, graph.Constant(2L)]), graph.Apply("Unsqueeze", [second, graph.Constant(1L)]));
        return graph.Apply("Flatten", [graph.Apply("Mul", [tall, wide])], OnnxAttribute.Of("axis", 1));
    }

    private string Cyclic(string value, double period)
    {
        var angle = graph.Apply("Div", [graph.Apply("Mul", [value, Number(2 * Math.PI)]), Number(period)]);
        var both = graph.Beside([graph.Apply("Sin", [angle]), graph.Apply("Cos", [angle])]);
        return graph.Apply("Where", [graph.Apply("IsNaN", [both]), Number(0), both]);
    }

    // A value is in the bins up to whose edge it reaches; the bin is where that begins.
    private string Bins(string column, BinTerm bin)
    {
        var reaches = graph.Cast(graph.Apply("LessOrEqual", [column, graph.Constant(bin.Edges, 1, bin.Edges.Length)]), OnnxGraph.Double);
        var (present, none) = (graph.Apply("Sub", [Number(1), Missing(column)]), graph.Apply("Sub", [Missing(column), Missing(column)]));
        var bins = graph.Apply("Sub", [graph.Beside([reaches, present]), graph.Beside([none, reaches])]);
        return bin.Missing ? graph.Beside([bins, Missing(column)]) : bins;
    }

    private string Buckets(HashTerm hash)
    {
        var buckets = new double[hash.Categories!.Count * hash.Buckets];
        for (var category = 0; category < hash.Categories.Count; category++)
        {
            var row = new double[hash.Field + 1];
            row[hash.Field] = category;
            hash.Write(row, buckets.AsSpan(category * hash.Buckets, hash.Buckets));
        }

        double[] positions = [.. Enumerable.Range(0, hash.Categories.Count).Select(position => (double)position)];
        return graph.Apply(
            "MatMul", [OneHot(_columns[hash.Field], positions), graph.Constant(buckets, hash.Categories.Count, hash.Buckets)]);
    }

    // Days are looked up in a calendar of all days that the field accepts.
    private string Part(int field, DatePart part)
    {
        var (column, first, last) = (_columns[field], Math.Floor(fields[field].Minimum!.Value), Math.Floor(fields[field].Maximum!.Value));
        var known = graph.Apply("Clip", [Known(column, first), Scalar(first), Scalar(last + 1)]);
        var day = graph.Apply("Floor", [graph.Apply("Add", [known, Number(0.5 / TimeSpan.MillisecondsPerDay)])]);
        string value;
        if (part == DatePart.Hour)
        {
            var hours = graph.Apply(
                "Mul", [graph.Apply("Sub", [graph.Apply("Add", [known, Number(0.5 / TimeSpan.MillisecondsPerDay)]), day]), Number(24)]);
            value = graph.Apply("Floor", [hours]);
        }
        else
        {
            double[] calendar = [.. Enumerable.Range((int)first, (int)(last - first) + 2)
                .Select(date => DatePartTerm.PartOf(Math.Min(date, DateOnly.MaxValue.DayNumber), part))];
            value = graph.Apply(
                "Gather",
                [graph.Constant(calendar, calendar.Length), graph.Cast(graph.Apply("Sub", [day, Number(first)]), OnnxGraph.Whole)]);
        }

        return graph.Apply("Where", [graph.Apply("IsNaN", [column]), Number(double.NaN), value]);
    }
}
